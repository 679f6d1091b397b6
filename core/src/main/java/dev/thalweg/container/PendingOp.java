package dev.thalweg.container;

import dev.thalweg.dds.ChannelOperation;

/** Something this container made that has to come back sequenced. */
sealed interface PendingOp {
    /** The channel it belongs to. */
    Channel channel();

    /** The runtime's envelope as JSON text, ready to be sent. */
    String text();

    /** An operation of a structure. */
    record Edit(Channel channel, ChannelOperation operation, String text) implements PendingOp {}

    /** A channel that is added to the document. */
    record Attach(Channel channel, String text) implements PendingOp {}
}
