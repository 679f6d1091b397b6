package dev.thalweg.testkit.workload;

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

/**
 * What is done to two channels, here and in {@code bench/peers/fluid/bench.mjs} alike, and what it must come to. It takes
 * no time itself: whoever measures has a clock.
 */
public enum Workload {
    MAP("map", "set and acknowledge on SharedMap") {
        @Override
        public Round prepare(int operations) {
            return new Prepared<>(SharedMap.TYPE, pair -> {
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
        public Round prepare(int operations) {
            return new Prepared<>(SharedDirectory.TYPE, pair -> edit(pair, operations), root -> {
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
        public Round prepare(int operations) {
            return new Prepared<>(ConsensusRegisterCollection.TYPE, pair -> {
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
        public Round prepare(int operations) {
            return new Prepared<>(ConsensusQueue.TYPE, pair -> {
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
    public final String peerName;
    /** For a person. */
    public final String title;

    Workload(String peerName, String title) {
        this.peerName = peerName;
        this.title = title;
    }

    /** Two fresh channels, and what is to be done to them. */
    public sealed interface Round {
        /** Does it, once. This is what costs. */
        void play();

        /** What it came to, in a word or two, equal on both sides. @throws IllegalStateException when the two differ */
        String end();
    }

    /** Makes a round. @param operations how many, more or less: the structure sends as many as its edits take */
    public abstract Round prepare(int operations);

    /** The one of a name. @throws IllegalArgumentException when there is none */
    public static Workload of(String peerName) {
        for (Workload workload : values()) {
            if (workload.peerName.equals(peerName)) {
                return workload;
            }
        }
        throw new IllegalArgumentException("there is no workload " + peerName);
    }

    private interface Edits<C extends SharedObject<?, ?>> {
        void on(Pair<C> pair);
    }

    private static final class Prepared<C extends SharedObject<?, ?>> implements Round {
        private final Pair<C> pair;
        private final Edits<C> edits;
        private final Function<C, String> end;

        Prepared(ChannelType<C> type, Edits<C> edits, Function<C, String> end) {
            this.pair = new Pair<>(type);
            this.edits = edits;
            this.end = end;
        }

        @Override
        public void play() {
            edits.on(pair);
        }

        @Override
        public String end() {
            String here = end.apply(pair.channel(0));
            String there = end.apply(pair.channel(1));
            if (!here.equals(there)) {
                throw new IllegalStateException(here + " and " + there);
            }
            return here;
        }
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
