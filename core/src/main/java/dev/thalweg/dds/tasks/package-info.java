/** Tasks of which each is done by one client at a time: who waits for which, in the order in which they volunteered. */
@NullMarked
package dev.thalweg.dds.tasks;

import org.jspecify.annotations.NullMarked;
