package dev.thalweg.samples.tasks;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.schema.Codec;
import dev.thalweg.schema.Codecs;
import dev.thalweg.schema.DocumentShape;
import dev.thalweg.schema.Field;
import dev.thalweg.schema.Reading;
import dev.thalweg.schema.TypedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The list that the service and the page share: a SharedMap under the key {@code tasks}, with a task under each id. The
 * page declares the same in {@code tasks.ts}.
 */
final class TaskList {
    private static final int LONGEST_TITLE = 200;

    /** @param title what is to be done @param done whether it is */
    record Task(String title, boolean done) {
        static final Codec<Task> CODEC = Codecs.object(Field.of("title", Codecs.STRING, Task::title),
                Field.of("done", Codecs.BOOL, Task::done), Task::new);
    }

    private static final DocumentShape SHAPE = new DocumentShape();
    private static final DocumentShape.Part<TypedMap<Task>> TASKS = SHAPE.map("tasks", Task.CODEC);

    private final TypedMap<Task> tasks;

    /** The one in a document. */
    TaskList(Container container) {
        tasks = TASKS.in(container);
    }

    /** What documents with a task list are made with. */
    static ContainerSchema schema() {
        return SHAPE.containerSchema();
    }

    /** Puts a task on the list. @throws IllegalArgumentException when there is nothing in the title, or too much */
    void add(String title) {
        String text = title.strip();
        if (text.isEmpty() || text.length() > LONGEST_TITLE) {
            throw new IllegalArgumentException("a title has 1 to " + LONGEST_TITLE + " characters, this has "
                    + text.length());
        }
        tasks.set(UUID.randomUUID().toString(), new Task(text, false));
    }

    /** The tasks, in the order in which they came. What another program wrote and is no task is passed over. */
    List<Task> all() {
        List<Task> all = new ArrayList<>();
        for (String id : tasks.keys()) {
            if (tasks.get(id) instanceof Reading.Decoded<Task> task) {
                all.add(task.value());
            }
        }
        return all;
    }

    /** The tasks as JSON. */
    String toJson() {
        List<JsonValue> values = new ArrayList<>();
        all().forEach(task -> values.add(Task.CODEC.encode(task)));
        return new JsonArray(values).toJson();
    }

    /** The kinds of structures in it. */
    static ChannelTypes types() {
        return ChannelTypes.of(SharedMap.TYPE);
    }
}
