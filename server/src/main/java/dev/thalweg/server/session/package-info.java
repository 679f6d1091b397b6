/**
 * A document while somebody is connected: one writer, which orders, writes down and only then tells everyone.
 */
@NullMarked
package dev.thalweg.server.session;

import org.jspecify.annotations.NullMarked;
