package dev.thalweg.dds.tasks;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to tasks. */
public sealed interface TaskOperation extends ChannelOperation {
    /** Which task. */
    String task();

    /** The sender lines up at the end of the task's queue, unless it stands there already. */
    record Volunteer(String task) implements TaskOperation {
        @Override
        public JsonValue toJson() {
            return write("volunteer", task);
        }
    }

    /** The sender leaves the task's queue. */
    record Abandon(String task) implements TaskOperation {
        @Override
        public JsonValue toJson() {
            return write("abandon", task);
        }
    }

    /** The task is done: nobody waits for it any longer. */
    record Complete(String task) implements TaskOperation {
        @Override
        public JsonValue toJson() {
            return write("complete", task);
        }
    }

    /** Reads one; members it does not know are passed over. */
    static TaskOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "task operation");
        String type = object.string("type");
        String task = object.string("taskId");
        return switch (type) {
            case "volunteer" -> new Volunteer(task);
            case "abandon" -> new Abandon(task);
            case "complete" -> new Complete(task);
            default -> throw new ProtocolException("unknown task operation " + type);
        };
    }

    private static JsonValue write(String type, String task) {
        return JsonObject.builder().put("type", type).put("taskId", task).build();
    }
}
