/** The ordering service and the demo pages as one program. */
@NullMarked
package dev.thalweg.stub;

import org.jspecify.annotations.NullMarked;
