package dev.thalweg.bench.structures;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done to two channels, here and in {@code bench/peers/fluid/bench.mjs} alike, and what it must come to. */
enum Workload {
    MAP("map", "set and acknowledge on SharedMap") {
        @Override
        Played play(int operations) {
            return run(SharedMap.TYPE, pair -> {
                SharedMap map = pair.channel(0);
                for (int i = 0; i < operations; i++) {
                    map.set(key(i), JsonValue.of(i));
                    pair.deliver();
                }
            }, map -> map.size() + " " + text(map.get(PROBE)));
        }
    },
    DIRECTORY("directory", "random edits of a SharedDirectory by two clients") {
        @Override
        Played play(int operations) {
            return run(SharedDirectory.TYPE, pair -> edit(pair, operations), root -> {
                List<String> sizes = new ArrayList<>();
                for (String name : NAMES) {
                    Directory directory = root.getSubDirectory(name);
                    sizes.add(String.valueOf(directory == null ? 0 : directory.size()));
                }
                return String.join(" ", sizes);
            });
        }
    },
    REGISTER("register", "write and win on ConsensusRegisterCollection") {
        @Override
        Played play(int operations) {
            return run(ConsensusRegisterCollection.TYPE, pair -> {
                ConsensusRegisterCollection registers = pair.channel(0);
                for (int i = 0; i < operations; i++) {
                    registers.write(key(i), JsonValue.of(i), outcome -> {
                    });
                    pair.deliver();
                }
            }, registers -> registers.keys().size() + " " + text(registers.read(PROBE)));
        }
    },
    QUEUE("queue", "add, acquire and complete on ConsensusQueue") {
        @Override
        Played play(int operations) {
            return run(ConsensusQueue.TYPE, pair -> {
                ConsensusQueue queue = pair.channel(0);
                for (int i = 0; i < operations; i += 3) {
                    queue.add(JsonValue.of(i));
                    pair.deliver();
                    queue.acquire(Workload::complete);
                    pair.deliver();
                }
            }, queue -> queue.jobs().size() + " " + queue.items().size());
        }
    };

    private static final int KEYS = 1000;
    private static final String PROBE = "gauge-7";
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    /** As the peer names it. */
    final String peerName;
    /** For a person. */
    final String title;

    Workload(String peerName, String title) {
        this.peerName = peerName;
        this.title = title;
    }

    /** One round. @param millis it took @param end what it came to, equal on both sides */
    record Played(double millis, String end) {}

    abstract Played play(int operations);

    private interface Edits<C extends SharedObject<?, ?>> {
        void on(Pair<C> pair);
    }

    private static <C extends SharedObject<?, ?>> Played run(ChannelType<C> type, Edits<C> edits,
            Function<C, String> end) {
        Pair<C> pair = new Pair<>(type);
        long start = System.nanoTime();
        edits.on(pair);
        double millis = (System.nanoTime() - start) / 1e6;
        String came = end.apply(pair.channel(0));
        if (!came.equals(end.apply(pair.channel(1)))) {
            throw new IllegalStateException(came + " and " + end.apply(pair.channel(1)));
        }
        return new Played(millis, came);
    }

    private static void edit(Pair<SharedDirectory> pair, int operations) {
        Xorshift chance = new Xorshift(17);
        for (int i = 0; i < operations; i++) {
            SharedDirectory root = pair.channel(chance.below(2));
            String name = NAMES.get(chance.below(NAMES.size()));
            String key = "k" + chance.below(KEYS);
            Directory directory = root.getSubDirectory(name);
            int what = chance.below(100);
            if (directory == null) {
                root.createSubDirectory(name);
            } else if (what < 80) {
                directory.set(key, JsonValue.of(i));
            } else if (what < 99) {
                directory.delete(key);
            } else {
                root.deleteSubDirectory(name);
            }
            pair.deliver();
        }
    }

    private static void complete(AcquireOutcome outcome) {
        if (!(outcome instanceof AcquireOutcome.Acquired acquired)) {
            throw new IllegalStateException("nothing was acquired: " + outcome);
        }
        acquired.acquisition().complete();
    }

    private static String key(int i) {
        return "gauge-" + i % KEYS;
    }

    private static String text(@Nullable JsonValue value) {
        return value == null ? "nothing" : value.toJson();
    }

    /** As the peer draws. */
    private static final class Xorshift {
        private int state;

        Xorshift(int seed) {
            state = seed;
        }

        int below(int bound) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            return (state >>> 1) % bound;
        }
    }
}
