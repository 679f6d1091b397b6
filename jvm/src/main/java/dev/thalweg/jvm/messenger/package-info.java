/** Messages between nodes over TCP; start at {@link dev.thalweg.jvm.messenger.TcpMessenger}. */
@NullMarked
package dev.thalweg.jvm.messenger;

import org.jspecify.annotations.NullMarked;
