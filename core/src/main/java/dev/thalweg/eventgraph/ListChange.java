package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonValue;

/** One step from a list as it was to the list as it is; indexes are those after the steps before it. */
public sealed interface ListChange {
    /** An element comes in, before the one that is there. */
    record Insert(int index, JsonValue value) implements ListChange {}

    /** An element goes. */
    record Delete(int index) implements ListChange {}

    /** An element goes from one index, and then comes in at the other. */
    record Move(int from, int to) implements ListChange {}

    /** An element gets another value. */
    record Set(int index, JsonValue value) implements ListChange {}
}
