package dev.thalweg.replication.eventsourcing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Decides what becomes of events that were made without knowing of each other.
 *
 * <p>A history falls into groups: whatever is in a later group was made knowing everything in the earlier ones, and no
 * group can be split further in that way. Groups are the same on every node that has the same events. The resolver is
 * asked for every group of more than one event, once it is to be applied and again when another event joins the group.
 *
 * @param <S> states
 * @param <E> events
 */
@FunctionalInterface
public interface Resolver<S, E> {
    /**
     * Decides.
     *
     * @param before the state before the group
     * @param group  its events in the order of their stamps, which is an order in which causes come first
     * @return what to apply instead, in order: some of them, all of them, or others
     */
    List<E> resolve(S before, List<EventEnvelope<E>> group);

    /** Applies all of them in the order of their stamps. */
    static <S, E> Resolver<S, E> inOrder() {
        return (before, group) -> {
            List<E> events = new ArrayList<>(group.size());
            for (EventEnvelope<E> each : group) {
                events.add(each.event());
            }
            return events;
        };
    }

    /**
     * Leaves out an event when another one about the same was made later, by somebody who had not seen it. What is later
     * is told by the stamps.
     *
     * @param subject what an event is about; events about different subjects leave each other alone
     */
    static <S, E> Resolver<S, E> lastWriterWins(Function<E, String> subject) {
        return (before, group) -> {
            List<E> events = new ArrayList<>();
            for (List<EventEnvelope<E>> later = new ArrayList<>(group); !later.isEmpty();) {
                EventEnvelope<E> each = later.remove(0);
                if (!loses(each, later, subject)) {
                    events.add(each.event());
                }
            }
            return events;
        };
    }

    private static <E> boolean loses(EventEnvelope<E> one, List<EventEnvelope<E>> later, Function<E, String> subject) {
        for (EventEnvelope<E> each : later) {
            if (each.concurrentWith(one) && subject.apply(each.event()).equals(subject.apply(one.event()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Puts one event in place of the last ones about a subject that do not know of each other.
     *
     * @param subject what an event is about
     * @param merge   of two events, the one with the earlier stamp first
     */
    static <S, E> Resolver<S, E> merging(Function<E, String> subject, BinaryOperator<E> merge) {
        return (before, group) -> {
            List<E> events = new ArrayList<>();
            Map<String, E> merged = new LinkedHashMap<>();
            for (int i = 0; i < group.size(); i++) {
                E event = group.get(i).event();
                String about = subject.apply(event);
                if (superseded(i, group, subject)) {
                    events.add(event);
                } else {
                    E sofar = merged.get(about);
                    merged.put(about, sofar == null ? event : merge.apply(sofar, event));
                }
            }
            events.addAll(merged.values());
            return events;
        };
    }

    private static <E> boolean superseded(int index, List<EventEnvelope<E>> group, Function<E, String> subject) {
        EventEnvelope<E> one = group.get(index);
        for (EventEnvelope<E> each : group.subList(index + 1, group.size())) {
            if (each.seen().contains(one.dot()) && subject.apply(each.event()).equals(subject.apply(one.event()))) {
                return true;
            }
        }
        return false;
    }
}
