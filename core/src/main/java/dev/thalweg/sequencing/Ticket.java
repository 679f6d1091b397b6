package dev.thalweg.sequencing;

import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;

/** What became of a submitted message. */
public sealed interface Ticket {
    /** It has its place. */
    record Sequenced(SequencedMessage message) implements Ticket {}

    /** It was sequenced before: nothing to do, nobody to tell. */
    record Duplicate() implements Ticket {}

    /** A noop that moved its sender's reference; the minimum may have to be announced, see {@link Sequencer#noop}. */
    record Absorbed() implements Ticket {}

    /** It was refused. */
    record Refused(Nack nack) implements Ticket {}
}
