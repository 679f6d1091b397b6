package dev.thalweg.web.link;

import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.List;

/** Counts the operations among messages: what is delayed, and what counts as being in flight. */
final class Operations {
    private Operations() {}

    static int submitted(List<DocumentMessage> messages) {
        int count = 0;
        for (DocumentMessage message : messages) {
            count += message.type() == MessageType.OP ? 1 : 0;
        }
        return count;
    }

    static int sequenced(List<SequencedMessage> messages) {
        int count = 0;
        for (SequencedMessage message : messages) {
            count += message.type() == MessageType.OP ? 1 : 0;
        }
        return count;
    }
}
