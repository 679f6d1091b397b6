package dev.thalweg.byzantine;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Cuts what an agent did in a row into stretches that fit into entries. */
final class Portions {
    private final List<SignedDocument.Stretch> out;
    private EventId first;
    private List<EventId> parents;
    private List<JsonValue> operations = new ArrayList<>();
    private int events;

    /** @param out gets the stretches */
    Portions(EventId first, List<EventId> parents, List<SignedDocument.Stretch> out) {
        this.first = first;
        this.parents = parents;
        this.out = out;
    }

    void add(JsonValue operation, int more) {
        operations.add(operation);
        events += more;
    }

    /** Ends a portion; without events there is none. */
    void cut() {
        if (events == 0) {
            return;
        }
        out.add(new SignedDocument.Stretch(first, parents, events, new JsonArray(operations)));
        int end = first.sequence() + events;
        parents = List.of(new EventId(first.agent(), end - 1));
        first = new EventId(first.agent(), end);
        operations = new ArrayList<>();
        events = 0;
    }
}
