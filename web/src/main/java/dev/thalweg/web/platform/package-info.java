/** The browser's sockets, requests, clock, chance and storage, as the core wants them. */
@NullMarked
package dev.thalweg.web.platform;

import org.jspecify.annotations.NullMarked;
