package dev.thalweg.web.local.field;

import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralMerge;
import dev.thalweg.ephemeral.EphemeralOutbox;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A participant: its boat, and its own replica of what all participants say. Times are milliseconds. */
/*
 * What is said is over after LIFETIME, so whoever is there says it again every BEAT. A boat that moves says so at most every
 * STEP, and what is passed on for others waits in the outbox, where only the latest of each key stays.
 */
final class Mate {
    static final String BOATS = "boats";
    static final String NAMES = "names";
    static final double LIFETIME = 4_000;
    static final double BEAT = 1_250;
    static final double STEP = 150;
    private static final double AHEAD = 10_000;
    private static final double PORTION = 200;
    private static final int MOST = 64;

    private final EphemeralStore store;
    private final EphemeralOutbox outbox = new EphemeralOutbox(PORTION, MOST);
    private final List<News> news = new ArrayList<>();
    private final Map<String, String> called = new TreeMap<>();
    private final boolean passesOn;
    private @Nullable Hub hub;
    private String name;
    private double x;
    private double y;
    private double heading;
    private boolean afloat = true;
    private boolean moved = true;
    private double saidAt = Double.NEGATIVE_INFINITY;
    private double beatAt = Double.NEGATIVE_INFINITY;
    private int writes;
    private int portions;

    /** Somebody who tells others what is written, at once. */
    interface Hub {
        /** Writes into the store, and tells. */
        void set(String namespace, String key, JsonValue value);
    }

    /** A boat in a field of 100 by 60. @param passesOn whether it tells what it hears to those who may not hear it */
    Mate(String peer, String name, boolean passesOn, double x, double y) {
        this.passesOn = passesOn;
        store = new EphemeralStore(peer, EphemeralLimits.DEFAULT.withLifetime(LIFETIME).withMaxAhead(AHEAD));
        this.name = name;
        this.x = x;
        this.y = y;
    }

    /** Has a hub told of everything that it writes, or none any more. */
    void tell(@Nullable Hub told) {
        hub = told;
        beatAt = Double.NEGATIVE_INFINITY;
    }

    EphemeralStore store() {
        return store;
    }

    String peer() {
        return store.peer();
    }

    String name() {
        return name;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    boolean isAfloat() {
        return afloat;
    }

    /** How often it wrote. */
    int writes() {
        return writes;
    }

    /** In how many portions that went out, with what it passed on. */
    int portions() {
        return portions;
    }

    /** Calls the boat by another name. */
    void rename(String to) {
        name = to;
        beatAt = Double.NEGATIVE_INFINITY;
    }

    /** Puts the boat somewhere; beyond the edge it stays at it. */
    void move(double toX, double toY) {
        double nextX = Math.max(2, Math.min(98, toX));
        double nextY = Math.max(3, Math.min(57, toY));
        if (nextX != x || nextY != y) {
            heading = Math.toDegrees(Math.atan2(nextY - y, nextX - x));
            x = nextX;
            y = nextY;
            moved = true;
        }
    }

    /** Takes the boat out of the water: what it said is gone, and what of it still comes in late. */
    void leave() {
        afloat = false;
        EphemeralMerge merge = store.leave(peer());
        outbox.add(merge.fresh());
        note(merge.changes(), News.Kind.LEFT);
    }

    /** Puts it in again. */
    void join() {
        afloat = true;
        moved = true;
        beatAt = Double.NEGATIVE_INFINITY;
    }

    /** Moves the time on: what nobody has said for long is over, and what is to be said again is. */
    void tick(double now) {
        note(store.advance(now), News.Kind.EXPIRED);
        if (!afloat) {
            return;
        }
        boolean beat = now >= beatAt + BEAT;
        if (beat) {
            beatAt = now;
            write(NAMES, JsonValue.of(name), now);
        }
        if (beat || moved && now >= saidAt + STEP) {
            saidAt = now;
            moved = false;
            write(BOATS, JsonObject.builder().put("x", tenths(x)).put("y", tenths(y))
                    .put("heading", Math.rint(heading)).build(), now);
        }
    }

    private void write(String namespace, JsonValue value, double now) {
        boolean fresh = store.get(namespace, peer()) == null;
        EphemeralEntry entry = null;
        if (hub != null) {
            hub.set(namespace, peer(), value);
            entry = store.get(namespace, peer());
        }
        if (entry == null) {
            entry = store.set(namespace, peer(), value, now);
        }
        writes++;
        outbox.add(namespace, peer(), entry);
        if (fresh) {
            note(List.of(new EphemeralChange(namespace, peer(), null, entry)), News.Kind.LEFT);
        }
    }

    private static double tenths(double number) {
        return Math.rint(number * 10) / 10;
    }

    /** What is to be sent to everybody now; empty when there is nothing or it is too early. */
    EphemeralState take(double now) {
        EphemeralState portion = outbox.take(now);
        if (!portion.isEmpty()) {
            portions++;
        }
        return portion;
    }

    /**
     * Takes in what somebody else has.
     *
     * @return whether anything was new
     */
    boolean hear(EphemeralState state) {
        Map<String, Integer> left = store.state().left();
        EphemeralMerge merge;
        try {
            merge = store.merge(state);
        } catch (ProtocolException e) {
            say(News.Kind.REFUSED, "Refused: " + e.getMessage());
            return false;
        }
        if (passesOn) {
            outbox.add(merge.fresh());
        }
        note(merge.changes(), News.Kind.LEFT);
        EphemeralEntry position = null;
        for (EphemeralEntry entry : merge.fresh().entries().getOrDefault(BOATS, Map.of()).values()) {
            if (entry.clock() <= left.getOrDefault(entry.peer(), -1)) {
                position = entry;
            }
        }
        if (position != null) {
            say(News.Kind.LATE, nameOf(position.peer()) + "’s clock " + position.clock()
                    + " came in after its leave mark " + left.getOrDefault(position.peer(), -1) + ": not shown");
        }
        return !merge.fresh().isEmpty();
    }

    /** The store took something in by another way. */
    void heard(List<EphemeralChange> changes) {
        Map<String, Map<String, EphemeralEntry>> fresh = new TreeMap<>();
        for (EphemeralChange change : changes) {
            EphemeralEntry after = change.after();
            if (after != null) {
                fresh.computeIfAbsent(change.namespace(), namespace -> new TreeMap<>()).put(change.key(), after);
            }
        }
        outbox.add(new EphemeralState(fresh, store.state().left()));
        note(changes, News.Kind.LEFT);
    }

    /** Tells of what came or went. @param gone why something is not seen any more */
    private void note(List<EphemeralChange> changes, News.Kind gone) {
        for (EphemeralChange change : changes) {
            EphemeralEntry after = change.after();
            if (change.namespace().equals(NAMES) && after != null) {
                if (after.value() instanceof JsonString text) {
                    called.put(change.key(), text.value());
                }
            }
        }
        for (EphemeralChange change : changes) {
            if (change.namespace().equals(BOATS) && (change.before() == null || change.after() == null)) {
                String who = nameOf(change.key());
                if (change.after() != null) {
                    say(News.Kind.CAME, who + " is there");
                } else if (gone == News.Kind.EXPIRED) {
                    say(gone, who + " was not heard for " + (int) (LIFETIME / 1000) + " s: not shown until it is");
                } else {
                    say(gone, who + " has left");
                }
            }
        }
    }

    private void say(News.Kind kind, String text) {
        news.add(new News(kind, text));
    }

    /** What it noticed since the last time. */
    List<News> news() {
        List<News> noticed = List.copyOf(news);
        news.clear();
        return noticed;
    }

    /** What somebody is called here, also one that is gone. */
    String nameOf(String peer) {
        String known = called.get(peer);
        return known == null ? peer : known;
    }

    /** A boat as this participant sees it. */
    record Boat(String peer, String name, double x, double y, double heading) {}

    /** The boats that it sees, by their peers' names. */
    List<Boat> boats() {
        List<Boat> boats = new ArrayList<>();
        store.getAll(BOATS).forEach((peer, entry) -> {
            if (entry.value() instanceof JsonObject at) {
                boats.add(new Boat(peer, nameOf(peer), number(at, "x", 50), number(at, "y", 30),
                        number(at, "heading", 0)));
            }
        });
        return boats;
    }

    /* What others say may be anything. */
    private static double number(JsonObject object, String member, double otherwise) {
        return object.get(member) instanceof JsonNumber number ? Math.max(-360, Math.min(360, number.value()))
                : otherwise;
    }
}
