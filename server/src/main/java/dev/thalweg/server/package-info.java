/** The ordering service as a library. */
@NullMarked
package dev.thalweg.server;

import org.jspecify.annotations.NullMarked;
