package dev.thalweg.replication.eventsourcing;

import dev.thalweg.crdt.Stamp;
import dev.thalweg.crdt.VersionVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events in groups, and the state they come to. Events are added in an order in which causes come first.
 *
 * @param <E> events
 * @param <S> states
 */
final class History<E, S> {
    /*
     * An event that knows all others begins a group of its own. One that does not know all joins the first group of which
     * it does not know everything, and all groups after that become one with it: their events know all of that first
     * group, so the new event cannot know any of them, nor they it.
     *
     * States are worked out when they are asked for, from the first group that has changed.
     */
    private final EventSourced<?, E, S> entity;
    private final Resolver<S, E> resolver;
    private final List<Group<E, S>> groups = new ArrayList<>();
    private VersionVector seen;
    private S base;
    private int resolved;

    private static final class Group<E, S> {
        final VersionVector before;
        final List<EventEnvelope<E>> events = new ArrayList<>();
        @Nullable
        S after;

        Group(VersionVector before) {
            this.before = before;
        }
    }

    /** A history that begins with what others have come to. @param seen all events in it */
    History(EventSourced<?, E, S> entity, S base, VersionVector seen) {
        this.entity = entity;
        this.resolver = entity.resolver();
        this.base = base;
        this.seen = seen;
    }

    /** All events there are, those before the base too. */
    VersionVector seen() {
        return seen;
    }

    /** The events of the base. */
    VersionVector baseSeen() {
        return groups.isEmpty() ? seen : groups.get(0).before;
    }

    S base() {
        return base;
    }

    /** How often the resolver was asked. */
    int resolved() {
        return resolved;
    }

    void add(EventEnvelope<E> event) {
        int first = groups.size();
        boolean all = event.seen().covers(seen);
        while (!all && first > 0) {
            first--;
            all = event.seen().covers(groups.get(first).before);
        }
        if (!all) {
            throw new IllegalArgumentException("an event that does not know the base");
        }
        if (first == groups.size()) {
            groups.add(new Group<>(seen));
        }
        Group<E, S> group = groups.get(first);
        for (int i = first + 1; i < groups.size(); i++) {
            group.events.addAll(groups.get(i).events);
        }
        groups.subList(first + 1, groups.size()).clear();
        group.after = null;
        int place = group.events.size();
        while (place > 0 && group.events.get(place - 1).stamp().compareTo(event.stamp()) > 0) {
            place--;
        }
        group.events.add(place, event);
        seen = seen.with(event.dot());
    }

    /** What all events come to. */
    S state() {
        int from = groups.size();
        while (from > 0 && groups.get(from - 1).after == null) {
            from--;
        }
        S state = after(from);
        for (Group<E, S> group : groups.subList(from, groups.size())) {
            if (group.events.size() == 1) {
                state = entity.apply(state, group.events.get(0).event());
            } else {
                resolved++;
                for (E event : resolver.resolve(state, List.copyOf(group.events))) {
                    state = entity.apply(state, event);
                }
            }
            group.after = state;
        }
        return state;
    }

    private S after(int count) {
        S known = count == 0 ? base : groups.get(count - 1).after;
        return known == null ? base : known;
    }

    /** The events that are not in the base, in the order in which they are applied unless the resolver says otherwise. */
    List<EventEnvelope<E>> events() {
        List<EventEnvelope<E>> all = new ArrayList<>();
        for (Group<E, S> group : groups) {
            all.addAll(group.events);
        }
        return all;
    }

    /**
     * Makes those first groups the base that everybody has: nothing that comes can join them.
     *
     * @param known what everybody knows
     * @return the latest stamp in them, or null when there are none
     */
    @Nullable
    Stamp settle(VersionVector known) {
        state();
        Stamp latest = null;
        int count = 0;
        while (count < groups.size()
                && known.covers(count + 1 < groups.size() ? groups.get(count + 1).before : seen)) {
            List<EventEnvelope<E>> events = groups.get(count).events;
            latest = events.get(events.size() - 1).stamp();
            count++;
        }
        base = after(count);
        groups.subList(0, count).clear();
        return latest;
    }
}
