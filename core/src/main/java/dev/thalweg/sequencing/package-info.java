/**
 * The ordering service as a pure state machine: which sequence number an operation gets, or why it gets none. The server, the in-page loopback and the tests all run this one.
 */
@NullMarked
package dev.thalweg.sequencing;

import org.jspecify.annotations.NullMarked;
