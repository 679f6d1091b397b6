package dev.thalweg.server.session;

import dev.thalweg.json.JsonWriter;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.wire.ServerFrames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that were sequenced while another write was in flight: written together, then told together. */
final class OpBatch {
    /* Longer batches go out in several frames, so that one broadcast does not fill a socket's queue by itself. */
    private static final int MAX_FRAME = 256 * 1024;
    /* What the members around contents take, roughly. */
    private static final int ENVELOPE = 360;

    private final List<LoggedMessage> messages = new ArrayList<>();
    private final List<SequencedMessage> summaries = new ArrayList<>();
    private @Nullable String ref;

    /** Adds a message, which is spelled here once for the log and for everyone. */
    void add(SequencedMessage message) {
        int length = message.contents() == null ? 0 : message.contents().text().length();
        JsonWriter writer = new JsonWriter(new StringBuilder(length + ENVELOPE));
        message.write(writer);
        messages.add(new LoggedMessage(message.sequenceNumber(), shapesQuorum(message.type()), writer.toString()));
        if (message.type() == MessageType.SUMMARIZE) {
            summaries.add(message);
        }
    }

    /** The commit that is the latest summary once this batch is written. */
    void ref(String commit) {
        ref = commit;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    List<LoggedMessage> messages() {
        return messages;
    }

    /** The summarize messages among them. */
    List<SequencedMessage> summaries() {
        return summaries;
    }

    @Nullable
    String ref() {
        return ref;
    }

    /** The last message's text. */
    String last() {
        return messages.get(messages.size() - 1).json();
    }

    /** What everyone is sent. */
    List<Frame> frames(String documentId) {
        List<Frame> frames = new ArrayList<>(1);
        List<String> texts = new ArrayList<>(messages.size());
        int length = 0;
        for (LoggedMessage message : messages) {
            if (length > 0 && length + message.json().length() > MAX_FRAME) {
                frames.add(new Frame(ServerFrames.spelledOperations(documentId, texts)));
                texts.clear();
                length = 0;
            }
            texts.add(message.json());
            length += message.json().length();
        }
        frames.add(new Frame(ServerFrames.spelledOperations(documentId, texts)));
        return frames;
    }

    private static boolean shapesQuorum(MessageType type) {
        return switch (type) {
            case OP, NOOP -> false;
            case JOIN, LEAVE, PROPOSE, REJECT, ACCEPT, SUMMARIZE, SUMMARY_ACK, SUMMARY_NACK, NO_CLIENT, CONTROL,
                    UNKNOWN -> true;
        };
    }
}
