/** A queue of which each item is handed to one client, who completes it or gives it back. */
@NullMarked
package dev.thalweg.dds.queue;

import org.jspecify.annotations.NullMarked;
