package dev.thalweg.container;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a summary on request: the tree, its upload, the message that proposes it, the service's answer.
 */
/*
 * A summary holds the document at one sequence number, and the message that proposes it refers to that number. The
 * service refuses a reference below the minimum sequence number. So between the two nothing may tell the service that
 * this client has read on: incoming messages are held from the writing of the tree until the proposal is sent. Edits
 * made meanwhile go out, with the same reference.
 */
final class Summarizer {
    private final Connection connection;
    private final DeltaManager deltas;
    private final SummaryWriter writer;
    private final Quorum quorum;
    private final Timers timers;
    private final double waitMillis;
    private @Nullable DocumentService service;
    private @Nullable Inbound inbound;
    private @Nullable SummaryBase base;
    private @Nullable Run run;

    Summarizer(Connection connection, DeltaManager deltas, SummaryWriter writer, Quorum quorum, Timers timers,
            ContainerOptions options) {
        this.connection = connection;
        this.deltas = deltas;
        this.writer = writer;
        this.quorum = quorum;
        this.timers = timers;
        this.waitMillis = options.summaryWaitMillis();
    }

    /** Begins for a document. @param base the summary it was loaded from, or null when it was created here */
    void start(DocumentService service, Inbound inbound, @Nullable SummaryBase base) {
        this.service = service;
        this.inbound = inbound;
        this.base = base;
    }

    void summarize(Outcome<SummaryReport> outcome) {
        DocumentService document = service;
        Inbound messages = inbound;
        String clientId = connection.clientId();
        if (run != null) {
            outcome.failed(Failure.passing(409, "a summary is being written already"));
        } else if (document == null || messages == null || clientId == null
                || connection.state() != ConnectionState.CONNECTED) {
            outcome.failed(Failure.passing(409, "not connected"));
        } else if (!mayWrite(clientId)) {
            outcome.failed(Failure.permanent(403, "the service grants this client no " + Scopes.SUMMARY_WRITE
                    + ": summaries are written by clients of type summarizer, or not interactive"));
        } else {
            Run started = new Run(document, messages, outcome);
            run = started;
            // What is being processed now is finished first.
            timers.schedule(0, started::begin);
        }
    }

    /** The connection is lost or closed. */
    void lost(Failure failure) {
        if (run != null) {
            run.fail(Failure.passing(failure.code(), "connection lost while a summary was written: "
                    + failure.message()));
        }
    }

    void sequenced(SequencedMessage message) {
        if (run != null && run.proposed == message.clientSequenceNumber()
                && run.proposedBy.equals(message.clientId())) {
            run.sequenceNumber = message.sequenceNumber();
        }
    }

    void acknowledged(MessageBody.SummaryAck ack) {
        Run mine = run;
        if (mine != null && mine.sequenceNumber == ack.summarySequenceNumber()) {
            base = new SummaryBase(ack.handle(), mine.writtenAt, mine.tree);
            mine.done(ack.handle());
        } else {
            // Someone else's: what it holds is looked up when the next one is written.
            base = null;
        }
    }

    void refused(MessageBody.SummaryNack nack) {
        if (run != null && run.sequenceNumber == nack.summarySequenceNumber()) {
            base = null;
            run.fail(Failure.passing(409, "the service refused the summary: " + nack.message()));
        }
    }

    private boolean mayWrite(String clientId) {
        Quorum.Member self = quorum.member(clientId);
        return self != null && Scopes.contain(self.client().scopes(), Scopes.SUMMARY_WRITE);
    }

    /** One summary on its way. */
    private final class Run {
        private final DocumentService document;
        private final Inbound messages;
        private final Outcome<SummaryReport> outcome;
        private SummaryNode.Tree tree = SummaryNode.Tree.EMPTY;
        private boolean holding;
        private int writtenAt;
        private String proposedBy = "";
        private int proposed = -1;
        private int sequenceNumber = -1;
        private @Nullable Subscription timer;

        Run(DocumentService document, Inbound messages, Outcome<SummaryReport> outcome) {
            this.document = document;
            this.messages = messages;
            this.outcome = outcome;
        }

        void begin() {
            if (run != this) {
                return;
            }
            SummaryBase known = base;
            if (known != null) {
                write(known);
                return;
            }
            document.latestSummary(new Outcome<@Nullable StoredSummary>() {
                @Override
                public void succeeded(@Nullable StoredSummary stored) {
                    if (run == Run.this) {
                        found(stored);
                    }
                }

                @Override
                public void failed(Failure failure) {
                    fail(failure);
                }
            });
        }

        private void found(@Nullable StoredSummary stored) {
            if (stored == null) {
                fail(Failure.permanent(404, "the document has no summary to build on"));
                return;
            }
            try {
                SummaryBase latest = SummaryBase.of(stored);
                base = latest;
                write(latest);
            } catch (ProtocolException e) {
                fail(Failure.permanent(422, "the latest summary cannot be read: " + e.getMessage()));
            }
        }

        private void write(SummaryBase on) {
            String refusal = on.sequenceNumber() > deltas.sequenceNumber()
                    ? "the latest summary is newer than what was read here"
                    : messages.insideBatch() ? "a batch is half sequenced" : writer.refusal(on);
            if (refusal != null) {
                fail(Failure.permanent(409, "no summary can be written: " + refusal));
                return;
            }
            deltas.hold();
            holding = true;
            writtenAt = deltas.sequenceNumber();
            tree = writer.write(on, messages.last());
            document.uploadSummary(tree, on.handle(), new Outcome<>() {
                @Override
                public void succeeded(String handle) {
                    if (run == Run.this) {
                        propose(on, handle);
                    }
                }

                @Override
                public void failed(Failure failure) {
                    fail(failure);
                }
            });
        }

        private void propose(SummaryBase on, String handle) {
            String clientId = connection.clientId();
            if (clientId == null || connection.state() != ConnectionState.CONNECTED) {
                fail(Failure.passing(409, "not connected"));
                return;
            }
            proposedBy = clientId;
            proposed = connection.nextClientSequenceNumber();
            MessageBody.Summarize summarize = new MessageBody.Summarize(handle, on.handle(),
                    "Summary @" + writtenAt + ":" + deltas.minimumSequenceNumber(), List.of(on.handle()));
            timer = timers.schedule(waitMillis, () -> fail(Failure.passing(0, "the service did not answer a summary")));
            connection.send(List.of(Draft.of(MessageType.SUMMARIZE,
                    MessageBody.summarizeContents(summarize).toJson(), null)), writtenAt);
            release();
        }

        private void done(String handle) {
            if (end()) {
                outcome.succeeded(SummaryReport.of(handle, writtenAt, tree));
            }
        }

        private void fail(Failure failure) {
            if (end()) {
                outcome.failed(failure);
            }
        }

        private boolean end() {
            if (run != this) {
                return false;
            }
            run = null;
            if (timer != null) {
                timer.cancel();
            }
            release();
            return true;
        }

        private void release() {
            if (holding) {
                holding = false;
                deltas.release();
            }
        }
    }
}
