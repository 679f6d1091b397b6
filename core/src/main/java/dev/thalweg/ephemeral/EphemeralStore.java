package dev.thalweg.ephemeral;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces of keys with a value each, of which the last one written stands. Stores that have heard the same have the
 * same, whatever the order and however often. Nothing is kept of what was written before.
 *
 * <p>Time is a number that only {@link #advance} moves. Whoever reads timestamps off a clock on a wall passes that clock's
 * time to it too.
 *
 * <p>Whoever can write here is trusted: anybody may write under any key, and mark anybody as gone.
 *
 * <p>Not for use by several threads at once.
 */
/*
 * A slot holds the greatest entry that was ever heard of for its key, whether it is seen or not: an entry is not seen when
 * it was taken out, when its writer has left since, or when its time is over. If such entries were dropped instead, an
 * older one of somebody else could come late and be seen where it comes, and not elsewhere. Only what is over goes for
 * good: whatever was smaller has an earlier timestamp and is over too, so that nothing late can take its place.
 */
public final class EphemeralStore {
    private static final int MAX_NAME = 256;

    private final String peer;
    private final EphemeralLimits limits;
    private final Map<String, Map<String, EphemeralEntry>> slots = new TreeMap<>();
    private final Map<String, Integer> left = new TreeMap<>();
    private int size;
    private int clock;
    private double now = Double.NEGATIVE_INFINITY;
    /* No entry has an earlier timestamp. */
    private double earliest = Double.POSITIVE_INFINITY;

    /** An empty one. @param peer whose writes it makes: a name that no two stores may use at once */
    public EphemeralStore(String peer) {
        this(peer, EphemeralLimits.DEFAULT);
    }

    /** An empty one. */
    public EphemeralStore(String peer, EphemeralLimits limits) {
        this.peer = requireName("a peer", peer);
        this.limits = limits;
    }

    private static String requireName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(what + " has a name of 1 to " + MAX_NAME + " characters, was "
                    + name.length());
        }
        return name;
    }

    /** Whose writes it makes. */
    public String peer() {
        return peer;
    }

    /**
     * Writes a value.
     *
     * @param timestamp when, finite; when the value that is there has a later one, that counts
     * @throws IllegalArgumentException when a name or the value is too long, or there would be too many keys
     */
    public EphemeralEntry set(String namespace, String key, JsonValue value, double timestamp) {
        if (value.toJson().length() > limits.maxValue()) {
            throw new IllegalArgumentException("a value has at most " + limits.maxValue() + " characters of JSON");
        }
        return write(namespace, key, value, timestamp);
    }

    /** Takes a value out, against whoever has not seen that. @return what says so, or null when there is none */
    public @Nullable EphemeralEntry remove(String namespace, String key, double timestamp) {
        return get(namespace, key) == null ? null : write(namespace, key, null, timestamp);
    }

    private EphemeralEntry write(String namespace, String key, @Nullable JsonValue value, double timestamp) {
        requireName("a namespace", namespace);
        requireName("a key", key);
        EphemeralEntry old = slot(namespace, key);
        if (old == null && size >= limits.maxEntries()) {
            throw new IllegalArgumentException("there are " + size + " keys, and no more are allowed");
        }
        if (clock == Integer.MAX_VALUE) {
            throw new IllegalStateException("the clock is at its end");
        }
        EphemeralEntry entry = new EphemeralEntry(value, old == null ? timestamp : Math.max(timestamp, old.timestamp()),
                clock + 1, peer);
        clock++;
        put(namespace, key, entry);
        return entry;
    }

    /** What is seen under a key, or null. */
    public @Nullable EphemeralEntry get(String namespace, String key) {
        return seen(slot(namespace, key));
    }

    /** What is seen in a namespace, in the order of the keys; a copy. */
    public Map<String, EphemeralEntry> getAll(String namespace) {
        Map<String, EphemeralEntry> found = new TreeMap<>();
        slots.getOrDefault(namespace, Map.of()).forEach((key, entry) -> {
            if (seen(entry) != null) {
                found.put(key, entry);
            }
        });
        return found;
    }

    private @Nullable EphemeralEntry slot(String namespace, String key) {
        Map<String, EphemeralEntry> keys = slots.get(namespace);
        return keys == null ? null : keys.get(key);
    }

    private @Nullable EphemeralEntry seen(@Nullable EphemeralEntry entry) {
        return entry == null || entry.value() == null || isOver(entry)
                || entry.clock() <= left.getOrDefault(entry.peer(), -1) ? null : entry;
    }

    private boolean isOver(EphemeralEntry entry) {
        return entry.timestamp() + limits.lifetime() <= now;
    }

    private void put(String namespace, String key, EphemeralEntry entry) {
        if (slots.computeIfAbsent(namespace, name -> new TreeMap<>()).put(key, entry) == null) {
            size++;
        }
        earliest = Math.min(earliest, entry.timestamp());
    }

    /** Everything, to be sent to somebody who has nothing. */
    public EphemeralState state() {
        return new EphemeralState(slots, left);
    }

    /**
     * Moves the time on; an earlier one is passed over.
     *
     * @return what is not seen any more
     */
    public List<EphemeralChange> advance(double time) {
        List<EphemeralChange> changes = new ArrayList<>();
        if (!(time > now)) {
            return changes;
        }
        if (earliest + limits.lifetime() > time) {
            now = time;
            return changes;
        }
        earliest = Double.POSITIVE_INFINITY;
        Map<String, List<String>> over = new TreeMap<>();
        slots.forEach((namespace, keys) -> keys.forEach((key, entry) -> {
            if (entry.timestamp() + limits.lifetime() <= time) {
                over.computeIfAbsent(namespace, name -> new ArrayList<>()).add(key);
                EphemeralEntry before = seen(entry);
                if (before != null) {
                    changes.add(new EphemeralChange(namespace, key, before, null));
                }
            } else {
                earliest = Math.min(earliest, entry.timestamp());
            }
        }));
        over.forEach((namespace, keys) -> drop(namespace, keys));
        now = time;
        return changes;
    }

    private void drop(String namespace, List<String> keys) {
        Map<String, EphemeralEntry> all = slots.getOrDefault(namespace, Map.of());
        keys.forEach(all::remove);
        size -= keys.size();
        if (all.isEmpty()) {
            slots.remove(namespace);
        }
    }

    /**
     * Marks that somebody has left: what it wrote is not seen any more, and neither is what of it still comes in late. Should
     * it come back, it goes on with later clocks.
     *
     * @return the mark and what it changes
     * @throws IllegalStateException when there are too many marks
     */
    public EphemeralMerge leave(String who) {
        // What it wrote last may still be on its way, but hardly after so much that others wrote.
        Map<String, Integer> mark = who.isEmpty() || who.length() > MAX_NAME ? Map.of() : Map.of(who, clock);
        try {
            return merge(new EphemeralState(Map.of(), mark));
        } catch (ProtocolException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Takes in what another store has.
     *
     * @throws ProtocolException when it breaks a limit; then nothing of it was taken in
     */
    public EphemeralMerge merge(EphemeralState state) throws ProtocolException {
        Map<String, Map<String, EphemeralEntry>> entries = new TreeMap<>();
        Map<String, Integer> marks = new TreeMap<>();
        choose(state, entries, marks);
        Map<String, Map<String, EphemeralEntry>> before = new TreeMap<>();
        (marks.isEmpty() ? Map.<String, Map<String, EphemeralEntry>>of() : slots)
                .forEach((namespace, keys) -> keys.forEach((key, entry) -> {
                    if (marks.containsKey(entry.peer()) && seen(entry) != null) {
                        before.computeIfAbsent(namespace, name -> new TreeMap<>()).put(key, entry);
                    }
                }));
        List<EphemeralChange> changes = new ArrayList<>();
        Map<String, Map<String, @Nullable EphemeralEntry>> touched = new TreeMap<>();
        before.forEach((namespace, keys) -> touched.computeIfAbsent(namespace, name -> new TreeMap<>()).putAll(keys));
        entries.forEach((namespace, keys) -> keys.forEach((key, entry) -> {
            touched.computeIfAbsent(namespace, name -> new TreeMap<>()).put(key, get(namespace, key));
            clock = Math.max(clock, entry.clock());
        }));
        entries.forEach((namespace, keys) -> keys.forEach((key, entry) -> put(namespace, key, entry)));
        left.putAll(marks);
        clock = Math.max(clock, left.getOrDefault(peer, 0));
        touched.forEach((namespace, keys) -> keys.forEach((key, old) -> {
            EphemeralEntry after = get(namespace, key);
            if (old == null ? after != null : after == null || old.compareTo(after) != 0) {
                changes.add(new EphemeralChange(namespace, key, old, after));
            }
        }));
        return new EphemeralMerge(new EphemeralState(entries, marks), changes);
    }

    /* What is new here, when all of it is within the limits. */
    private void choose(EphemeralState state, Map<String, Map<String, EphemeralEntry>> entries,
            Map<String, Integer> marks) throws ProtocolException {
        int keys = size;
        for (Map.Entry<String, Map<String, EphemeralEntry>> namespace : state.entries().entrySet()) {
            requireHeardName("a namespace", namespace.getKey());
            for (Map.Entry<String, EphemeralEntry> each : namespace.getValue().entrySet()) {
                EphemeralEntry entry = each.getValue();
                requireHeardName("a key", each.getKey());
                require(entry);
                EphemeralEntry old = slot(namespace.getKey(), each.getKey());
                if (isOver(entry) || old != null && entry.compareTo(old) <= 0) {
                    continue;
                }
                keys += old == null ? 1 : 0;
                if (keys > limits.maxEntries()) {
                    throw new ProtocolException("there would be more than " + limits.maxEntries() + " keys");
                }
                entries.computeIfAbsent(namespace.getKey(), name -> new TreeMap<>()).put(each.getKey(), entry);
            }
        }
        int peers = left.size();
        for (Map.Entry<String, Integer> mark : state.left().entrySet()) {
            requireHeardName("a peer", mark.getKey());
            int old = left.getOrDefault(mark.getKey(), -1);
            if (mark.getValue() > old) {
                peers += old < 0 ? 1 : 0;
                marks.put(mark.getKey(), mark.getValue());
            }
        }
        if (peers > limits.maxPeers()) {
            throw new ProtocolException("there would be more than " + limits.maxPeers() + " peers that left");
        }
    }

    private void require(EphemeralEntry entry) throws ProtocolException {
        requireHeardName("a peer", entry.peer());
        if (now != Double.NEGATIVE_INFINITY && entry.timestamp() > now + limits.maxAhead()) {
            throw new ProtocolException("an entry of " + entry.peer() + " is at "
                    + JsonValue.of(entry.timestamp()).toJson() + ", the limit is "
                    + JsonValue.of(now + limits.maxAhead()).toJson());
        }
        JsonValue value = entry.value();
        if (value != null && value.toJson().length() > limits.maxValue()) {
            throw new ProtocolException("a value of " + entry.peer() + " has more than " + limits.maxValue()
                    + " characters of JSON");
        }
    }

    private static void requireHeardName(String what, String name) throws ProtocolException {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new ProtocolException(what + " has a name of " + name.length() + " characters, from 1 to " + MAX_NAME
                    + " are allowed");
        }
    }
}
