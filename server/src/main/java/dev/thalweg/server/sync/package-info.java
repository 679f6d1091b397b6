/** Documents that need no order of the server's, kept and passed on all the same. */
@NullMarked
package dev.thalweg.server.sync;

import org.jspecify.annotations.NullMarked;
