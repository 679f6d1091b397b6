/** A second program, which runs named scenarios in the browser to compare them with the JVM. */
@NullMarked
package dev.thalweg.web.conformance;

import org.jspecify.annotations.NullMarked;
