/** Makes the JavaScript that TeaVM compiles smaller, as a step of the build. */
@NullMarked
package dev.thalweg.shrink;

import org.jspecify.annotations.NullMarked;
