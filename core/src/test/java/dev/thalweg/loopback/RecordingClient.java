package dev.thalweg.loopback;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that says what it is told to say and writes down what it hears. */
final class RecordingClient implements DeltaListener {
    final List<String> heard = new ArrayList<>();
    final List<SequencedMessage> operations = new ArrayList<>();
    final List<Nack> nacks = new ArrayList<>();
    final List<Signal> signals = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    final DocumentService service;
    private final String type;
    @Nullable
    Connected connected;
    private @Nullable DeltaConnection connection;
    private int csn;

    RecordingClient(DocumentService service, String type) {
        this.service = service;
        this.type = type;
    }

    RecordingClient(DocumentService service) {
        this(service, "editor");
    }

    void connect(ConnectionMode mode) {
        csn = 0;
        Client client = new Client(mode, true, type, null, JsonObject.of("id", JsonValue.of("u")), List.of());
        connection = service.connect(new ConnectionRequest(client, mode, false), this);
    }

    void connect() {
        connect(ConnectionMode.WRITE);
    }

    void submit(MessageType type, @Nullable String contents) {
        current().submit(List.of(new DocumentMessage(++csn, last(), type,
                contents == null ? null : new RawJson(contents), null, null)));
    }

    void op(String text) {
        submit(MessageType.OP, "\"" + text + "\"");
    }

    void signal(String content, @Nullable String target) {
        current().signal(content, target);
    }

    void close() {
        current().close();
    }

    /** The highest sequence number heard. */
    int last() {
        int last = 0;
        for (SequencedMessage message : operations) {
            last = Math.max(last, message.sequenceNumber());
        }
        return last;
    }

    String clientId() {
        Connected now = connected;
        if (now == null) {
            throw new IllegalStateException("not connected");
        }
        return now.clientId();
    }

    private DeltaConnection current() {
        DeltaConnection now = connection;
        if (now == null) {
            throw new IllegalStateException("never connected");
        }
        return now;
    }

    @Override
    public void connected(Connected answer) {
        connected = answer;
        heard.add("connected");
    }

    @Override
    public void operations(List<SequencedMessage> messages) {
        for (SequencedMessage message : messages) {
            operations.add(message);
            heard.add(message.type().wireName() + " " + message.sequenceNumber());
        }
    }

    @Override
    public void nacked(List<Nack> refused) {
        nacks.addAll(refused);
        heard.add("nack " + refused.get(0).code());
    }

    @Override
    public void signalled(Signal signal) {
        signals.add(signal);
        heard.add("signal");
    }

    @Override
    public void disconnected(Failure failure) {
        failures.add(failure);
        heard.add("disconnected " + failure.code());
    }
}
