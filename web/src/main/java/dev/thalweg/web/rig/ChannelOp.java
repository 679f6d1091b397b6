package dev.thalweg.web.rig;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.MessageBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure's operation as it was found in a message, for the log and the dots: what cannot be read is left out, since
 * the containers judge for themselves.
 *
 * @param path     of its channel, for example {@code /A/_C}
 * @param contents as the structure wrote it
 */
record ChannelOp(String path, JsonObject contents) {
    /** The operations in what a message carries, in order. @param raw the message's contents */
    static List<ChannelOp> in(@Nullable RawJson raw) {
        List<ChannelOp> found = new ArrayList<>();
        try {
            collect(MessageBody.payload(raw), found);
        } catch (ProtocolException e) {
            // Nothing to show.
        }
        return found;
    }

    private static void collect(JsonValue value, List<ChannelOp> found) {
        if (!(value instanceof JsonObject envelope)) {
            return;
        }
        if (envelope.get("contents") instanceof JsonArray members) {
            for (JsonValue member : members.values()) {
                if (member instanceof JsonObject object && object.get("contents") instanceof JsonObject inner) {
                    collect(inner, found);
                }
            }
            return;
        }
        if (envelope.get("contents") instanceof JsonObject component
                && component.get("contents") instanceof JsonObject store
                && store.get("content") instanceof JsonObject channel
                && channel.get("contents") instanceof JsonObject operation) {
            found.add(new ChannelOp("/" + text(component, "address") + "/" + text(channel, "address"), operation));
        }
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof dev.thalweg.json.JsonString string ? string.value() : "";
    }
}
