/** The demo itself: replicas, their links, what is known of the stream, and the view of it. */
@NullMarked
package dev.thalweg.web.rig;

import org.jspecify.annotations.NullMarked;
