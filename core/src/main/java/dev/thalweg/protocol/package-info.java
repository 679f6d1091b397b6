/**
 * Fluid's messages as immutable types, and their JSON codecs. Source of the shapes: the packages @fluidframework/driver-definitions and @fluidframework/protocol-definitions, and captured frames.
 */
@NullMarked
package dev.thalweg.protocol;

import org.jspecify.annotations.NullMarked;
