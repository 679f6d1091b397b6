package dev.thalweg.testkit.cli;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of which nothing is left but its record: it can be read up to a message, and nobody ever connects. */
final class RecordedService implements ServiceFactory {
    private static final Failure GONE = Failure.permanent(0, "only the record is left");

    private final SummaryNode.Tree summary;
    private final List<SequencedMessage> messages;
    private final int last;

    /** @param last the number of the last message that can be read */
    RecordedService(SummaryNode.Tree summary, List<SequencedMessage> messages, int last) {
        this.summary = summary;
        this.messages = messages;
        this.last = last;
    }

    @Override
    public void create(String documentId, SummaryNode.Tree tree, Outcome<String> outcome) {
        outcome.failed(GONE);
    }

    @Override
    public DocumentService open(String documentId) {
        return new DocumentService() {
            @Override
            public String documentId() {
                return documentId;
            }

            @Override
            public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
                return new DeltaConnection() {
                    @Override
                    public void submit(List<DocumentMessage> batch) {}

                    @Override
                    public void signal(String content, @Nullable String targetClientId) {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
                List<SequencedMessage> page = new ArrayList<>();
                for (SequencedMessage message : messages) {
                    int number = message.sequenceNumber();
                    if (number > from && number < to && number <= last) {
                        page.add(message);
                    }
                }
                outcome.succeeded(page);
            }

            @Override
            public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
                outcome.succeeded(new StoredSummary("", summary));
            }

            @Override
            public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
                outcome.failed(GONE);
            }

            @Override
            public void createBlob(byte[] bytes, Outcome<String> outcome) {
                outcome.failed(GONE);
            }

            @Override
            public void readBlob(String id, Outcome<byte[]> outcome) {
                outcome.failed(GONE);
            }
        };
    }
}
