/**
 * UTF-8, hexadecimal, SHA-1 and SHA-256 in plain Java: what every target must do alike, to the byte.
 */
@NullMarked
package dev.thalweg.bytes;

import org.jspecify.annotations.NullMarked;
