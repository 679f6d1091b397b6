package dev.thalweg.sequencing;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a sequencer remembers, at one moment. A sequencer made from it goes on exactly as the first one would have.
 *
 * @param sequenceNumber        the last one given out, 0 when none was
 * @param minimumSequenceNumber at most {@code sequenceNumber}
 * @param announced             the minimum that the last sequenced message carried
 * @param writers               who is in the quorum, in the order of joining
 */
public record SequencerCheckpoint(
        int sequenceNumber, int minimumSequenceNumber, int announced, List<WriterState> writers) {

    /**
     * One writing client.
     *
     * @param clientId                its connection
     * @param clientSequenceNumber    the last one taken from it, 0 when none was
     * @param referenceSequenceNumber from the minimum to the last sequence number
     * @param heard                   when it was heard of last, in milliseconds since 1970
     * @param refused                 whether everything it sends is refused until it reconnects
     * @param scopes                  what its token allows
     */
    public record WriterState(
            String clientId,
            int clientSequenceNumber,
            int referenceSequenceNumber,
            double heard,
            boolean refused,
            List<String> scopes) {
        public WriterState {
            scopes = List.copyOf(scopes);
        }
    }

    public SequencerCheckpoint {
        writers = List.copyOf(writers);
        if (announced < 0 || announced > minimumSequenceNumber || minimumSequenceNumber > sequenceNumber) {
            throw new IllegalArgumentException("need 0 <= announced <= minimum <= sequence number, were " + announced
                    + ", " + minimumSequenceNumber + " and " + sequenceNumber);
        }
        Set<String> seen = new HashSet<>();
        for (WriterState writer : writers) {
            if (writer.referenceSequenceNumber < minimumSequenceNumber
                    || writer.referenceSequenceNumber > sequenceNumber || writer.clientSequenceNumber < 0) {
                throw new IllegalArgumentException("writer " + writer.clientId + " has client sequence number "
                        + writer.clientSequenceNumber + " and reference " + writer.referenceSequenceNumber
                        + ", which must lie from " + minimumSequenceNumber + " to " + sequenceNumber);
            }
            if (!seen.add(writer.clientId)) {
                throw new IllegalArgumentException("writer " + writer.clientId + " is there twice");
            }
        }
    }

    /** Reads one. */
    public static SequencerCheckpoint read(JsonObject object) throws ProtocolException {
        int sequenceNumber = object.integer("sequenceNumber", 0, Integer.MAX_VALUE);
        int minimum = object.integer("minimumSequenceNumber", 0, sequenceNumber);
        int announced = object.integer("announced", 0, minimum);
        List<WriterState> writers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonValue value : object.array("writers").values()) {
            JsonObject writer = JsonCasts.object(value, "writer");
            String clientId = writer.string("clientId");
            if (!seen.add(clientId)) {
                throw new ProtocolException("writer " + clientId + " is there twice");
            }
            writers.add(new WriterState(clientId, writer.integer("clientSequenceNumber", 0, Integer.MAX_VALUE),
                    writer.integer("referenceSequenceNumber", minimum, sequenceNumber), writer.number("heard"),
                    writer.optionalBool("refused", false), writer.array("scopes").strings()));
        }
        return new SequencerCheckpoint(sequenceNumber, minimum, announced, writers);
    }

    /** As it is stored. */
    public JsonObject toJson() {
        List<JsonValue> values = new ArrayList<>();
        for (WriterState writer : writers) {
            values.add(JsonObject.builder().put("clientId", writer.clientId)
                    .put("clientSequenceNumber", writer.clientSequenceNumber)
                    .put("referenceSequenceNumber", writer.referenceSequenceNumber).put("heard", writer.heard)
                    .put("refused", writer.refused).put("scopes", JsonArray.ofStrings(writer.scopes)).build());
        }
        return JsonObject.builder().put("sequenceNumber", sequenceNumber)
                .put("minimumSequenceNumber", minimumSequenceNumber).put("announced", announced)
                .put("writers", new JsonArray(values)).build();
    }
}
