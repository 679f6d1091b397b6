package dev.thalweg.bench.micro;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.wire.ClientFrames;
import dev.thalweg.wire.ServerFrames;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import tools.jackson.jr.ob.JSON;

/**
 * Reading and writing of frames as they travel: one set of a 100-byte value in its envelopes. Jackson-jr reads and
 * writes the same text, for comparison.
 */
public class JsonBenchmark extends Throughput {
    private static final String DOCUMENT = "2547e0a1-d8cd-4c2c-8f76-8b2e4c3efec4";
    private static final String CLIENT = "0b1f8c1e-6a0a-4a5c-8f9e-0d5a4b1c2d3e";

    private final List<SequencedMessage> messages = new ArrayList<>();
    private final DocumentMessage submitted;
    private final String broadcast;
    private final JsonValue tree;
    private final Object jacksonTree;

    /** Spells the frame once. */
    public JsonBenchmark() {
        String envelope = "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":"
                + "{\"address\":\"_C\",\"contents\":{\"key\":\"mill-race\",\"type\":\"set\",\"value\":"
                + "{\"type\":\"Plain\",\"value\":\"" + "x".repeat(100) + "\"}}},\"type\":\"op\"}}}";
        RawJson contents = RawJson.of(JsonValue.of(envelope));
        submitted = new DocumentMessage(4711, 81_234, MessageType.OP, contents, null, null);
        messages.add(new SequencedMessage(CLIENT, 81_235, 81_200, 4711, 81_234, MessageType.OP, contents, null, null,
                null, 1_790_000_000_123.0));
        broadcast = ServerFrames.operations(DOCUMENT, messages).substring(2);
        try {
            tree = JsonValue.parse(broadcast);
            jacksonTree = JSON.std.anyFrom(broadcast);
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The broadcast, read into messages whose contents stay text: what a client does with it first. */
    @Benchmark
    public SequencedMessage readMessage() throws ProtocolException {
        JsonReader reader = new JsonReader(broadcast, JsonLimits.DEFAULT);
        reader.beginArray();
        reader.nextElement();
        reader.string();
        reader.nextElement();
        reader.string();
        reader.nextElement();
        reader.beginArray();
        reader.nextElement();
        return SequencedMessage.read(reader);
    }

    /** The broadcast, read into a tree of values. */
    @Benchmark
    public JsonValue readTree() throws ProtocolException {
        return JsonValue.parse(broadcast);
    }

    /** The broadcast, read by Jackson-jr into maps and lists. */
    @Benchmark
    public Object readTreeJackson() {
        return JSON.std.anyFrom(broadcast);
    }

    /** The broadcast, spelled from a message: what the service does once for all its clients. */
    @Benchmark
    public String writeMessage() {
        return ServerFrames.operations(DOCUMENT, messages);
    }

    /** The submission of one message, spelled by its client. */
    @Benchmark
    public String writeSubmission() {
        return ClientFrames.submit(CLIENT, List.of(submitted));
    }

    /** A tree of values, spelled. */
    @Benchmark
    public String writeTree() {
        return tree.toJson();
    }

    /** Maps and lists, spelled by Jackson-jr. */
    @Benchmark
    public String writeTreeJackson() {
        return JSON.std.asString(jacksonTree);
    }
}
