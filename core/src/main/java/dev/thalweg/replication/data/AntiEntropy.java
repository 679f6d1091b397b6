package dev.thalweg.replication.data;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds and mends what two nodes have differently, whatever got lost on its way. */
final class AntiEntropy {
    /*
     *   one                      other
     *     Status    one digest of everything  →
     *     ←  Buckets   unless it is the same: digests of all buckets
     *     Contents  of those that differ: names and digests  →
     *     ←  Entries   what the one lacks or has differently
     *     ←  Want      what the other lacks or has differently
     *     Entries  →
     *
     * Nothing is remembered in between. What does not fit into a round's messages waits for a later one, and every round
     * starts at a place of its own, so that nothing waits for ever.
     */
    private final Store store;
    private final Ids ids;
    private final DataOptions options;
    private final Voice voice;

    /** Sends. */
    @FunctionalInterface
    interface Voice {
        void say(String node, Message message);
    }

    AntiEntropy(Store store, Ids ids, DataOptions options, Voice voice) {
        this.store = store;
        this.ids = ids;
        this.options = options;
        this.voice = voice;
    }

    /** Compares with one of some nodes. */
    void begin(List<String> others) {
        if (!others.isEmpty()) {
            voice.say(others.get(below(others.size())), status());
        }
    }

    Message.Status status() {
        return new Message.Status(store.digest());
    }

    void compare(String node, Message.Status status) {
        if (!store.digest().equals(status.digest())) {
            List<String> digests = new ArrayList<>(Store.BUCKETS);
            for (int i = 0; i < Store.BUCKETS; i++) {
                digests.add(store.digest(i));
            }
            voice.say(node, new Message.Buckets(digests));
        }
    }

    void compare(String node, Message.Buckets theirs) {
        int start = below(Store.BUCKETS);
        List<Integer> buckets = new ArrayList<>();
        Map<String, String> digests = new TreeMap<>();
        int room = options.messageBytes() * options.roundMessages();
        for (int i = 0; i < Store.BUCKETS && room > 0; i++) {
            int bucket = (start + i) % Store.BUCKETS;
            if (store.digest(bucket).equals(theirs.digests().get(bucket))) {
                continue;
            }
            buckets.add(bucket);
            for (Map.Entry<String, byte[]> entry : store.digests(bucket).entrySet()) {
                digests.put(entry.getKey(), Message.spelled(entry.getValue()));
                room -= entry.getKey().length() + 2 * Entry.DIGEST_BYTES;
            }
        }
        if (!buckets.isEmpty()) {
            voice.say(node, new Message.Contents(buckets, digests));
        }
    }

    void compare(String node, Message.Contents contents) {
        List<String> push = new ArrayList<>();
        for (int bucket : contents.buckets()) {
            for (Map.Entry<String, byte[]> entry : store.digests(bucket).entrySet()) {
                String theirs = contents.digests().get(entry.getKey());
                if (theirs == null || !theirs.equals(Message.spelled(entry.getValue()))) {
                    push.add(entry.getKey());
                }
            }
        }
        push.sort(null);
        push(node, push);
        List<String> want = new ArrayList<>();
        for (Map.Entry<String, String> entry : contents.digests().entrySet()) {
            Entry<?> mine = store.get(entry.getKey());
            if (mine == null || !Message.spelled(mine.digest()).equals(entry.getValue())) {
                want.add(entry.getKey());
            }
        }
        if (!want.isEmpty()) {
            voice.say(node, new Message.Want(want));
        }
    }

    /** Sends entries by name, as many as a round takes. */
    void push(String node, Collection<String> names) {
        List<String> all = new ArrayList<>(names);
        int start = all.isEmpty() ? 0 : below(all.size());
        int room = options.messageBytes();
        int messages = options.roundMessages();
        List<JsonValue> entries = new ArrayList<>();
        for (int i = 0; i < all.size() && messages > 0; i++) {
            Entry<?> entry = store.get(all.get((start + i) % all.size()));
            if (entry == null) {
                continue;
            }
            JsonValue json = entry.toJson();
            int weight = Message.weight(json);
            if (weight > room && !entries.isEmpty()) {
                voice.say(node, new Message.Entries(new JsonArray(entries)));
                entries.clear();
                room = options.messageBytes();
                messages -= 1;
            }
            entries.add(json);
            /* One that is larger than a message goes in parts, each of which is one of the round's. */
            messages -= weight / options.messageBytes();
            room -= weight;
        }
        if (!entries.isEmpty()) {
            voice.say(node, new Message.Entries(new JsonArray(entries)));
        }
    }

    private int below(int bound) {
        return Math.min(bound - 1, (int) (ids.fraction() * bound));
    }
}
