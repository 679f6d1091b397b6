/** How documents that need no service still meet at one: push, pull, and what is said to everybody who listens. */
@NullMarked
package dev.thalweg.sync;

import org.jspecify.annotations.NullMarked;
