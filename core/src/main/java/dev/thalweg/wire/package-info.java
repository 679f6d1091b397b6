/**
 * Framings of the protocol over a text socket, as pure codecs: Socket.IO 4 on Engine.IO 4.
 */
@NullMarked
package dev.thalweg.wire;

import org.jspecify.annotations.NullMarked;
