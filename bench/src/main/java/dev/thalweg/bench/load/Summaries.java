package dev.thalweg.bench.load;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes small summaries of one document every so many operations, as the clients of a real document would take turns
 * to do: tinylicious slows down without them. Lives on the driver's thread.
 */
final class Summaries implements DeltaListener {
    private final DocumentService document;
    private final int every;
    private final String initial;
    private final FaultSink faults;
    private @Nullable DeltaConnection connection;
    private @Nullable String head;
    private int sequenceNumber;
    private int summarized;
    private int sent;
    private int acknowledged;
    private boolean busy;
    private boolean closed;

    /** Where complaints go. */
    interface FaultSink {
        void fault(String what);
    }

    /** @param every operations from one summary to the next @param head the commit that the document began with */
    Summaries(DocumentService document, int every, String head, FaultSink faults) {
        this.document = document;
        this.every = every;
        this.initial = head;
        this.faults = faults;
    }

    /** Begins to listen. */
    void open() {
        head = initial;
        Client summarizer = new Client(ConnectionMode.WRITE, false, "summarizer", null,
                JsonObject.of("id", JsonValue.of("summarizer")), List.of());
        connection = document.connect(new ConnectionRequest(summarizer, ConnectionMode.WRITE, false), this);
    }

    /** Ends. */
    void close() {
        closed = true;
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void connected(Connected connected) {}

    @Override
    public void operations(List<SequencedMessage> messages) {
        for (SequencedMessage message : messages) {
            sequenceNumber = message.sequenceNumber();
            if (message.type() == MessageType.SUMMARY_ACK || message.type() == MessageType.SUMMARY_NACK) {
                answered(message);
            }
        }
        if (!busy && sequenceNumber - summarized >= every) {
            busy = true;
            summarized = sequenceNumber;
            write();
        }
    }

    @Override
    public void nacked(List<Nack> nacks) {
        faults.fault("summary nacked: " + nacks.getFirst().message());
    }

    @Override
    public void signalled(Signal signal) {}

    @Override
    public void disconnected(Failure failure) {
        if (!closed) {
            faults.fault("summarizer disconnected: " + failure.message());
        }
    }

    private void answered(SequencedMessage message) {
        try {
            if (message.body() instanceof MessageBody.SummaryAck ack) {
                head = ack.handle();
                acknowledged++;
                busy = false;
            } else {
                faults.fault("summary refused: " + message.contents());
            }
        } catch (ProtocolException e) {
            faults.fault("unreadable answer to a summary: " + e.getMessage());
        }
    }

    private void write() {
        int reference = sequenceNumber;
        SummaryNode.Tree tree = new SummaryNode.Tree(
                Map.of("header", SummaryNode.Blob.of("{\"sequenceNumber\":" + reference + "}")));
        document.uploadSummary(tree, null, new Outcome<>() {
            @Override
            public void succeeded(String handle) {
                submit(handle, reference);
            }

            @Override
            public void failed(Failure failure) {
                faults.fault("summary upload: " + failure.message());
            }
        });
    }

    private void submit(String handle, int reference) {
        if (connection == null || head == null) {
            return;
        }
        JsonObject contents = JsonObject.builder().put("handle", handle).put("head", head)
                .put("message", "Summary @" + reference)
                .put("parents", JsonArray.ofStrings(List.of(head)))
                .put("details", JsonObject.of("includesProtocolTree", JsonValue.of(false))).build();
        connection.submit(List.of(new DocumentMessage(++sent, reference, MessageType.SUMMARIZE,
                RawJson.of(JsonValue.of(contents.toJson())), null, null)));
    }

    /** How many summaries the service has taken. */
    int acknowledged() {
        return acknowledged;
    }
}
