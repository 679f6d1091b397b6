package dev.thalweg.server.session;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.server.storage.StagedObjects;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.storage.Scribe;
import dev.thalweg.storage.SummaryStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges uploaded summaries by what is on record. It keeps nothing between two of them, so that a document costs memory
 * for its connections only; what it reads again is the little that shaped the quorum since the summary before. Blocks.
 */
final class Summaries {
    private static final System.Logger LOG = System.getLogger(Summaries.class.getName());
    private static final int PAGE = 2000;

    private final DocumentStore store;

    Summaries(DocumentStore store) {
        this.store = store;
    }

    /** Judges one. @param message the summarize message; all before it is on record */
    SummaryVerdict judge(DocumentKey document, SequencedMessage message, double now) {
        try {
            StagedObjects objects = new StagedObjects(store, document);
            Scribe scribe = Scribe.open(new SummaryStore(objects), document.documentId());
            if (scribe == null) {
                return refusal(message, "the document has no summary to build on");
            }
            follow(scribe, document, message.sequenceNumber());
            Scribe.Answer answer = scribe.summarize(message, minimumAt(document, message.referenceSequenceNumber()),
                    now);
            String commit = answer.accepted()
                    ? JsonCasts.object(answer.contents(), "summaryAck").string("handle")
                    : null;
            return new SummaryVerdict(answer, commit, objects.objects());
        } catch (StoreException | ProtocolException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot judge a summary of " + document, e);
            return refusal(message, "it could not be worked out");
        }
    }

    /** Summarize messages on record that were never answered, because the process ended in between; oldest first. */
    List<SequencedMessage> unanswered(DocumentKey document) throws StoreException, ProtocolException {
        Scribe scribe = Scribe.open(new SummaryStore(new StagedObjects(store, document)), document.documentId());
        if (scribe == null) {
            return List.of();
        }
        follow(scribe, document, Integer.MAX_VALUE);
        return scribe.unanswered();
    }

    /** A refusal to be sequenced. */
    static SummaryVerdict refusal(SequencedMessage message, String why) {
        return new SummaryVerdict(new Scribe.Answer(MessageType.SUMMARY_NACK, MessageBody.summaryNackContents(
                new MessageBody.SummaryNack("Summary refused: " + why, message.sequenceNumber()))), null, List.of());
    }

    private void follow(Scribe scribe, DocumentKey document, int before) throws StoreException, ProtocolException {
        int after = scribe.summarySequenceNumber();
        List<SequencedMessage> messages = new ArrayList<>();
        boolean proposals = scribe.state().proposals().size() > 0;
        for (LoggedMessage logged : store.quorumMessages(document, after, before)) {
            SequencedMessage message = read(logged);
            messages.add(message);
            proposals |= message.type() == MessageType.PROPOSE;
        }
        if (!proposals) {
            for (SequencedMessage message : messages) {
                scribe.sequenced(message);
            }
            return;
        }
        // A proposal is settled by whichever message first carries a minimum that has reached it: all have to be seen.
        List<LoggedMessage> page = store.messages(document, after, before, PAGE);
        while (!page.isEmpty()) {
            for (LoggedMessage logged : page) {
                scribe.sequenced(read(logged));
                after = logged.sequenceNumber();
            }
            page = store.messages(document, after, before, PAGE);
        }
    }

    private int minimumAt(DocumentKey document, int sequenceNumber) throws StoreException, ProtocolException {
        List<LoggedMessage> found = store.messages(document, sequenceNumber - 1, sequenceNumber + 1, 1);
        return found.isEmpty() ? 0 : read(found.get(0)).minimumSequenceNumber();
    }

    static SequencedMessage read(LoggedMessage logged) throws ProtocolException {
        return SequencedMessage.read(new JsonReader(logged.json(), JsonLimits.DEFAULT));
    }
}
