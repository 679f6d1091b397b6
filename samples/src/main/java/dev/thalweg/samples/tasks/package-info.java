/** A service in Java that shares a task list with a page in TypeScript. */
@NullMarked
package dev.thalweg.samples.tasks;

import org.jspecify.annotations.NullMarked;
