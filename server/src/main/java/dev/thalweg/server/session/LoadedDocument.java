package dev.thalweg.server.session;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.SequencerCheckpoint;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.server.storage.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it stands on record.
 *
 * @param sequencer   goes on after the last message on record, whatever the checkpoint says
 * @param lastMessage the text of that message, or null when there is none
 * @param unanswered  summarize messages without an answer
 */
record LoadedDocument(Sequencer sequencer, @Nullable String lastMessage, List<SequencedMessage> unanswered) {
    private static final int PAGE = 2000;

    /** Reads one, or null when there is none. Blocks. */
    static @Nullable LoadedDocument load(DocumentStore store, Summaries summaries, DocumentKey document,
            int maxMessageSize) throws StoreException, ProtocolException {
        DocumentStore.Header header = store.header(document);
        if (header == null) {
            return null;
        }
        SequencerCheckpoint checkpoint = header.checkpoint() == null
                ? new SequencerCheckpoint(0, 0, 0, List.of())
                : SequencerCheckpoint.read(JsonCasts.object(JsonValue.parse(header.checkpoint()), "checkpoint"));
        Sequencer sequencer = Sequencer.restore(checkpoint, new SequencerLimits(maxMessageSize));
        // The log is the truth; a checkpoint only spares reading it from the beginning.
        List<LoggedMessage> page;
        do {
            page = store.messages(document, sequencer.sequenceNumber(), Integer.MAX_VALUE, PAGE);
            for (LoggedMessage message : page) {
                sequencer.replay(Summaries.read(message));
            }
        } while (!page.isEmpty());
        if (sequencer.sequenceNumber() < header.headSequenceNumber()) {
            throw new StoreException("the log of " + document + " has a hole after " + sequencer.sequenceNumber());
        }
        List<LoggedMessage> last = store.messages(document, sequencer.sequenceNumber() - 1, Integer.MAX_VALUE, 1);
        return new LoadedDocument(sequencer, last.isEmpty() ? null : last.get(0).json(),
                summaries.unanswered(document));
    }
}
