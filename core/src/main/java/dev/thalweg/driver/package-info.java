/**
 * What a client needs of an ordering service, as interfaces, and their implementation over a socket and HTTP.
 */
@NullMarked
package dev.thalweg.driver;

import org.jspecify.annotations.NullMarked;
