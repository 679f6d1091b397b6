package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What an event puts into the row that is under a list. */
sealed interface ListSlot {
    JsonValue value();

    /** A new element, called by the event. */
    record Element(JsonValue value) implements ListSlot {}

    /** Another place for an element, with the value it had for whoever moved it. */
    record Place(EventId element, JsonValue value) implements ListSlot {}

    /** Another value for an element, wherever that is. */
    record Value(EventId element, JsonValue value) implements ListSlot {}

    /** {@code {"value":…}}, for the latter two with {@code "move"} or {@code "set"}, the element's agent and number. */
    final class Form implements Items.Form<ListSlot> {
        static final Form FORM = new Form();

        private Form() {}

        @Override
        public int mark() {
            return EventFormat.LIST_EVENTS;
        }

        @Override
        public JsonValue write(ListSlot slot) {
            JsonObject.Builder json = JsonObject.builder().put("value", slot.value());
            return switch (slot) {
                case Element element -> json.build();
                case Place place -> json.put("move", EventIdJson.write(place.element())).build();
                case Value value -> json.put("set", EventIdJson.write(value.element())).build();
            };
        }

        @Override
        public ListSlot read(JsonValue json) throws ProtocolException {
            JsonObject object = JsonCasts.object(json, "a slot");
            JsonValue value = object.require("value");
            if (object.has("move")) {
                return new Place(EventIdJson.read(object.require("move")), value);
            }
            return object.has("set") ? new Value(EventIdJson.read(object.require("set")), value) : new Element(value);
        }
    }
}
