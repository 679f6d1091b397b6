/**
 * The small interfaces through which time, chance, sockets, HTTP and storage come in. The core calls them; the JVM, the browser and the tests implement them.
 */
@NullMarked
package dev.thalweg.platform;

import org.jspecify.annotations.NullMarked;
