package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** Units of lists and tables: whatever has a form as JSON. @param <T> compared with {@code equals} */
final class Items<T> extends Units {
    /** How units look as JSON. */
    interface Form<T> {
        /** What stands for the kind of units in files. */
        int mark();

        JsonValue write(T item);

        T read(JsonValue json) throws ProtocolException;
    }

    private final Form<T> form;
    private final List<T> items = new ArrayList<>();

    Items(Form<T> form) {
        this.form = form;
    }

    T get(int at) {
        return items.get(at);
    }

    void append(T item) {
        items.add(item);
        length++;
    }

    @Override
    Items<T> none() {
        return new Items<>(form);
    }

    @SuppressWarnings("unchecked") // units of one document are of one kind
    private Items<T> mine(Units other) {
        return (Items<T>) other;
    }

    @Override
    void append(Units source, int from, int count) {
        Items<T> other = mine(source);
        for (int i = from; i < from + count; i++) {
            append(other.get(i));
        }
    }

    @Override
    void truncate(int count) {
        while (length > count) {
            items.remove(--length);
        }
    }

    @Override
    boolean same(int at, Units other, int otherAt) {
        T here = items.get(at);
        T there = mine(other).get(otherAt);
        return here.equals(there);
    }

    @Override
    String flaw(int from, int end) {
        return "";
    }

    @Override
    int mark() {
        return form.mark();
    }

    @Override
    void write(ByteSink out) {
        List<JsonValue> values = new ArrayList<>(length);
        for (T item : items) {
            values.add(form.write(item));
        }
        EventFormat.writeText(out, new JsonArray(values).toJson());
    }

    @Override
    void read(ByteSource in) throws ProtocolException {
        JsonArray values = JsonCasts.array(JsonValue.parse(new String(EventFormat.readText(in))), "what was inserted");
        for (JsonValue value : values.values()) {
            append(form.read(value));
        }
    }
}
