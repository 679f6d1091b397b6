/** Edits whose cost is measured on every target, and compared with what others need for the same. */
@NullMarked
package dev.thalweg.testkit.workload;

import org.jspecify.annotations.NullMarked;
