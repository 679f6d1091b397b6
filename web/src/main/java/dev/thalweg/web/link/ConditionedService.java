package dev.thalweg.web.link;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does to a service inside the page what {@link LinkConditioner} does to a socket: there are no frames to hold back. */
public final class ConditionedService implements ServiceFactory {
    private final ServiceFactory service;
    private final Link link;
    private final LinkObserver observer;

    /** @param service the one in the page */
    public ConditionedService(ServiceFactory service, Link link, LinkObserver observer) {
        this.service = service;
        this.link = link;
        this.observer = observer;
    }

    @Override
    public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
        service.create(documentId, summary, outcome);
    }

    @Override
    public DocumentService open(String documentId) {
        return new Document(service.open(documentId));
    }

    private final class Document implements DocumentService {
        private final DocumentService document;

        Document(DocumentService document) {
            this.document = document;
        }

        @Override
        public String documentId() {
            return document.documentId();
        }

        @Override
        public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
            Connection connection = new Connection(listener);
            connection.open(document, request);
            return connection;
        }

        @Override
        public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
            if (link.isCut()) {
                link.timers().schedule(0, () -> outcome.failed(CUT));
            } else {
                document.deltas(from, to, outcome);
            }
        }

        @Override
        public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
            document.latestSummary(outcome);
        }

        @Override
        public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
            document.uploadSummary(tree, parent, outcome);
        }

        @Override
        public void createBlob(byte[] bytes, Outcome<String> outcome) {
            document.createBlob(bytes, outcome);
        }

        @Override
        public void readBlob(String id, Outcome<byte[]> outcome) {
            document.readBlob(id, outcome);
        }
    }

    private static final Failure CUT = Failure.passing(0, "the link is cut");

    private final class Connection implements DeltaConnection, DeltaListener {
        private final DeltaListener listener;
        private final Lane up = link.laneUp();
        private final Lane down = link.laneDown();
        private @Nullable DeltaConnection real;
        private Subscription cut = () -> {};
        private boolean over;

        Connection(DeltaListener listener) {
            this.listener = listener;
        }

        void open(DocumentService document, ConnectionRequest request) {
            if (link.isCut()) {
                link.timers().schedule(0, () -> end(CUT));
                return;
            }
            cut = link.whenCut(this::cut);
            real = document.connect(request, this);
        }

        @Override
        public void submit(List<DocumentMessage> batch) {
            up.send(Operations.submitted(batch), millis -> observer.submitted(batch, text(batch), millis), () -> {
                DeltaConnection connection = real;
                if (connection != null) {
                    connection.submit(batch);
                }
            });
        }

        @Override
        public void signal(String content, @Nullable String targetClientId) {
            DeltaConnection connection = real;
            if (connection != null) {
                connection.signal(content, targetClientId);
            }
        }

        @Override
        public void close() {
            DeltaConnection connection = real;
            if (connection != null) {
                up.send(connection::close);
            }
        }

        @Override
        public void connected(Connected connected) {
            down.send(() -> listener.connected(connected));
        }

        @Override
        public void operations(List<SequencedMessage> messages) {
            down.send(Operations.sequenced(messages), millis -> observer.sequenced(messages, "", millis),
                    () -> listener.operations(messages));
        }

        @Override
        public void nacked(List<Nack> nacks) {
            down.send(() -> listener.nacked(nacks));
        }

        @Override
        public void signalled(Signal signal) {
            down.send(() -> listener.signalled(signal));
        }

        @Override
        public void disconnected(Failure failure) {
            down.send(() -> end(failure));
        }

        private void cut() {
            up.drop();
            down.drop();
            DeltaConnection connection = real;
            if (connection != null) {
                connection.close();
            }
            link.timers().schedule(0, () -> end(CUT));
        }

        private void end(Failure failure) {
            if (!over) {
                over = true;
                cut.cancel();
                up.drop();
                down.drop();
                listener.disconnected(failure);
            }
        }
    }

    private static String text(List<DocumentMessage> batch) {
        JsonWriter writer = new JsonWriter();
        writer.beginArray();
        for (DocumentMessage message : batch) {
            message.write(writer);
        }
        return writer.endArray().toString();
    }
}
