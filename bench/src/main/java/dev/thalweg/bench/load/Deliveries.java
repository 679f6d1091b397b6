package dev.thalweg.bench.load;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Reads only the numbers of the operations in a frame, so that the load program takes as little of the machine as it
 * can: whatever it uses is missing for the service beside it.
 */
final class Deliveries {
    private static final String SEQUENCED = "42[\"op\"";
    private static final String ECHOED = "42[\"submitOp\"";

    private Deliveries() {}

    /** Hears of operations. */
    interface Visitor {
        /**
         * One was delivered.
         *
         * @param clientId             who sent it, or null for the service
         * @param clientSequenceNumber its sender's count
         * @param sequenceNumber       its place, or -1 from a server that gives none
         */
        void delivered(@Nullable String clientId, int clientSequenceNumber, int sequenceNumber)
                throws ProtocolException;
    }

    /** Whether a frame carries operations. */
    static boolean in(String frame) {
        return frame.startsWith(SEQUENCED) || frame.startsWith(ECHOED);
    }

    /** Visits the operations of such a frame. */
    static void visit(String frame, JsonLimits limits, Visitor visitor) throws ProtocolException {
        JsonReader reader = new JsonReader(frame.substring(2), limits);
        reader.beginArray();
        reader.nextElement();
        boolean echoed = reader.string().equals("submitOp");
        reader.nextElement();
        String first = reader.string();
        reader.nextElement();
        reader.beginArray();
        while (reader.nextElement()) {
            if (!echoed) {
                message(reader, null, visitor);
                continue;
            }
            reader.beginArray();
            while (reader.nextElement()) {
                message(reader, first, visitor);
            }
        }
    }

    private static void message(JsonReader reader, @Nullable String sender, Visitor visitor)
            throws ProtocolException {
        String clientId = sender;
        int csn = -1;
        int sn = -1;
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            switch (name) {
                case "clientId" -> clientId = reader.stringOrNull();
                case "clientSequenceNumber" -> csn = reader.integer(name, -1, Integer.MAX_VALUE);
                case "sequenceNumber" -> sn = reader.integer(name, 0, Integer.MAX_VALUE);
                default -> reader.skip();
            }
        }
        visitor.delivered(clientId, csn, sn);
    }
}
