package dev.thalweg.web.local.editor;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.Affinity;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextCursor;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everybody's caret is: in places that stay with the text, each for as long as its owner is heard of. */
final class Carets {
    private static final String NAMESPACE = "caret";
    /** The least time between two tellings of a place that changes. */
    private static final double PAUSE = 40;
    private static final double BEAT = 4_000;
    private static final double LIFETIME = 15_000;

    private final TextHistory history;
    private final Timers timers;
    private final Copy.Line line;
    private final Runnable changed;
    private final EphemeralStore store;
    private @Nullable Subscription beat;
    private @Nullable Subscription soon;
    private @Nullable TextCursor anchor;
    private @Nullable TextCursor head;

    /** @param changed hears that somebody was not heard of for long enough to be gone */
    Carets(TextHistory history, Timers timers, Copy.Line line, Runnable changed) {
        this.history = history;
        this.timers = timers;
        this.line = line;
        this.changed = changed;
        store = new EphemeralStore(history.document().agent(), EphemeralLimits.DEFAULT.withLifetime(LIFETIME));
    }

    private String agent() {
        return store.peer();
    }

    EphemeralState state() {
        return store.state();
    }

    /** The user's selection. @param told whether others are to know */
    void select(int from, int to, boolean told) {
        TextCursor start = history.cursor(from, Affinity.BEFORE);
        anchor = start;
        head = from == to ? start : history.cursor(to, Affinity.BEFORE);
        if (told && soon == null) {
            soon = timers.schedule(PAUSE, this::tell);
        }
    }

    /** Tells others the place, now and again and again. */
    void tell() {
        cancel();
        JsonObject.Builder value = JsonObject.builder();
        TextCursor from = anchor;
        TextCursor to = head;
        if (from != null && to != null) {
            value.put("anchor", from.toJson()).put("head", to.toJson());
        }
        EphemeralEntry entry = store.set(NAMESPACE, agent(), value.build(), timers.now());
        line.send(Message.presence(agent(), only(entry)));
        beat = timers.schedule(BEAT, () -> {
            if (!store.advance(timers.now()).isEmpty()) {
                changed.run();
            }
            tell();
        });
    }

    private void cancel() {
        Subscription pending = beat;
        beat = null;
        if (pending != null) {
            pending.cancel();
        }
        Subscription telling = soon;
        soon = null;
        if (telling != null) {
            telling.cancel();
        }
    }

    /** Tells others that there is no place any more. */
    void leave() {
        cancel();
        EphemeralEntry gone = store.remove(NAMESPACE, agent(), timers.now());
        if (gone != null) {
            line.send(Message.presence(agent(), only(gone)));
        }
    }

    private EphemeralState only(EphemeralEntry entry) {
        return new EphemeralState(Map.of(NAMESPACE, Map.of(agent(), entry)), Map.of());
    }

    /** Hears of others. @return whether anything is different */
    boolean merge(EphemeralState state) throws ProtocolException {
        boolean over = !store.advance(timers.now()).isEmpty();
        return !store.merge(state).changes().isEmpty() || over;
    }

    /** How many others were heard of lately. */
    int others() {
        Map<String, EphemeralEntry> all = store.getAll(NAMESPACE);
        return all.size() - (all.containsKey(agent()) ? 1 : 0);
    }

    /** The others' carets, as far as the text that they are in is here. */
    List<Person> people() {
        List<Person> people = new ArrayList<>();
        store.getAll(NAMESPACE).forEach((agent, entry) -> {
            if (!agent.equals(agent()) && entry.value() instanceof JsonObject place && place.has("anchor")) {
                int from = place(place.get("anchor"));
                int to = place(place.get("head"));
                if (from >= 0 && to >= 0) {
                    people.add(new Person(agent, from, to));
                }
            }
        });
        return people;
    }

    /* -1 when it makes no sense here, or none yet: a caret may come before the text that it stands in. */
    private int place(@Nullable JsonValue json) {
        if (json == null) {
            return -1;
        }
        try {
            TextCursor cursor = TextCursor.read(json);
            EventId unit = cursor.unit();
            return unit != null && history.document().graph().find(unit) < 0 ? -1 : history.position(cursor);
        } catch (ProtocolException | IllegalArgumentException e) {
            return -1;
        }
    }
}
