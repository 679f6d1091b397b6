/** The web host of a page that keeps notes: the page itself is a program for the browser, in {@code samples/notes}. */
@NullMarked
package dev.thalweg.samples.notes;

import org.jspecify.annotations.NullMarked;
