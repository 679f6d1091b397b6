/**
 * What speaks to the network: sockets, REST routes and pages, on Vert.x.
 */
@NullMarked
package dev.thalweg.server.http;

import org.jspecify.annotations.NullMarked;
