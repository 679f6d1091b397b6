package dev.thalweg.testkit.cli;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.WholeSummary;
import dev.thalweg.testkit.Models;
import dev.thalweg.testkit.StructureModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces that the demo page saves when replicas differ: a summary, all that was ordered, and what each client made of it.
 * A client reads the same record here, up to where each of them was, and what comes out otherwise is told. That may be
 * meant, where a client had edits that were not ordered yet, or had no connection: then it has no place in a TaskManager.
 */
public final class PageTraces {
    private static final String FORMAT = "thalweg-trace-1";

    private PageTraces() {}

    /** What a replay came to. @param lines one for each client, and one for each object that comes out otherwise */
    public record Report(boolean same, List<String> lines) {}

    static boolean isTrace(Path file) throws IOException {
        try {
            return Files.isRegularFile(file)
                    && JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8)) instanceof JsonObject object
                    && object.get("format") instanceof JsonString format && format.value().equals(FORMAT);
        } catch (ProtocolException e) {
            return false;
        }
    }

    /** Reads one and replays it for each of its clients. @throws IOException when it cannot be read; the message says why */
    public static Report replay(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean same = true;
        try {
            JsonObject trace = JsonCasts.object(JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8)),
                    "trace");
            SummaryNode.Tree summary = WholeSummary.read(trace.object("summary"));
            List<SequencedMessage> messages = messages(trace);
            for (JsonValue each : trace.array("replicas").values()) {
                JsonObject replica = JsonCasts.object(each, "replicas");
                int at = replica.integer("sequenceNumber", 0, Integer.MAX_VALUE);
                int pending = replica.integer("pending", 0, Integer.MAX_VALUE);
                List<String> otherwise = compare(replica.object("snapshots"), snapshots(summary, messages, at));
                lines.add(replica.string("client") + " at " + at
                        + (pending == 0 ? "" : ", with " + pending + " edits that are not ordered")
                        + (otherwise.isEmpty() ? ": holds" : ": comes out otherwise"));
                lines.addAll(otherwise);
                same &= otherwise.isEmpty();
            }
        } catch (ProtocolException e) {
            throw new IOException(file + " is not a trace: " + e.getMessage(), e);
        }
        return new Report(same, lines);
    }

    private static List<SequencedMessage> messages(JsonObject trace) throws ProtocolException {
        List<SequencedMessage> messages = new ArrayList<>();
        for (JsonValue message : trace.array("messages").values()) {
            messages.add(SequencedMessage.read(new JsonReader(message.toJson(), JsonLimits.DEFAULT)));
        }
        return messages;
    }

    private static List<String> compare(JsonObject recorded, Map<String, JsonValue> replayed) {
        List<String> otherwise = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            JsonValue here = replayed.get(recorded.name(i));
            if (!recorded.value(i).equals(here)) {
                otherwise.add("  " + recorded.name(i) + ": recorded " + recorded.value(i).toJson() + ", replayed "
                        + (here == null ? "nothing" : here.toJson()));
            }
        }
        return otherwise;
    }

    /** What a client shows that has read the record up to a message. */
    private static Map<String, JsonValue> snapshots(SummaryNode.Tree summary, List<SequencedMessage> messages, int to)
            throws ProtocolException {
        Map<String, JsonValue> snapshots = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        ContainerServices services = new ContainerServices(new RecordedService(summary, messages, to),
                new LoopbackTimers(),
                new LoopbackIds(1), types()).as(ContainerServices.READER);
        Container.load(services, "trace", ContainerSchema.builder().build(), new Outcome<>() {
            @Override
            public void succeeded(Container container) {
                for (Map.Entry<String, SharedObject<?, ?>> object : container.initialObjects().entrySet()) {
                    snapshots.put(object.getKey(), object.getValue().snapshot());
                }
                container.dispose();
            }

            @Override
            public void failed(Failure failure) {
                failures.add(failure);
            }
        });
        if (!failures.isEmpty()) {
            throw new ProtocolException("the document cannot be loaded: " + failures.get(0).message());
        }
        return snapshots;
    }

    private static ChannelTypes types() {
        List<ChannelType<?>> types = new ArrayList<>();
        for (StructureModel<?> model : Models.all()) {
            types.add(model.type());
        }
        return ChannelTypes.of(types.toArray(new ChannelType<?>[0]));
    }
}
