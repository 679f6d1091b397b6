/** Recorded histories of texts, in the forms that others publish them in, and ways to replay them. */
@NullMarked
package dev.thalweg.testkit.trace;

import org.jspecify.annotations.NullMarked;
