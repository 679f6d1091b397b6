package dev.thalweg.testkit.replication;

import dev.thalweg.crdt.CausalContext;
import dev.thalweg.crdt.Dot;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.replication.log.Block;
import dev.thalweg.replication.log.BlockDocument;
import dev.thalweg.replication.log.BlockOperation;
import dev.thalweg.replication.log.LogEntry;
import dev.thalweg.replication.log.ReplicaLog;
import dev.thalweg.replication.log.ReplicaLogs;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of one document that share a journal, at random: they commit, read each other, say what they have read, cut
 * off what nobody needs, and die at any moment, with some of what they sent to the journal made and some not. At the end
 * all routes to the document must end in the same bytes, and the document must be the one that the changes in the logs
 * make by the rules alone.
 */
public final class ReplicaWorld {
    private static final List<String> NAMES = List.of("a", "b~", "c:d", "🌊%3A", "e");
    private static final List<String> IDS = List.of("x", "y", "z", "", "__proto__", "ü:%");
    private static final List<String> FIELDS = List.of("text", "", "__proto__", "!");
    private final String document;
    private final Rng rng;
    private final List<Member> members = new ArrayList<>();
    private final Archive journal;
    /* With an honest clock the later commit has the later time; otherwise times are tied and run backwards. */
    private final boolean honest;
    private int now = 1;
    private final StringBuilder reports = new StringBuilder();
    /* Reads now and then, sometimes the logs of some only, and lags behind what is cut off. */
    private final ReplicaLogs reader;

    /** A journal that remembers what was cut off. */
    private static final class Archive implements Journal {
        private final Journal journal;
        private final Map<String, List<byte[]>> all = new TreeMap<>();

        Archive(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
            journal.append(stream, expected, records, new Outcome<>() {
                @Override
                public void succeeded(StreamExtent extent) {
                    all.computeIfAbsent(stream, name -> new ArrayList<>()).addAll(records);
                    outcome.succeeded(extent);
                }

                @Override
                public void failed(Failure failure) {
                    outcome.failed(failure);
                }
            });
        }

        @Override
        public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
            journal.read(stream, after, Math.min(limit, 3), outcome);
        }

        @Override
        public void extent(String stream, Outcome<StreamExtent> outcome) {
            journal.extent(stream, outcome);
        }

        @Override
        public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
            journal.truncate(stream, upTo, outcome);
        }

        @Override
        public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
            journal.save(stream, version, snapshot, outcome);
        }

        @Override
        public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
            journal.snapshot(stream, outcome);
        }

        @Override
        public void delete(String stream, Outcome<StreamExtent> outcome) {
            journal.delete(stream, outcome);
        }

        @Override
        public void streams(String prefix, Outcome<List<String>> outcome) {
            journal.streams(prefix, outcome);
        }
    }

    /** What a change saw and did, for working out the document from scratch. */
    private record Past(BlockOperation operation, CausalContext seen, String writer, int at) {}

    /** A replica, whose process comes and goes. */
    private final class Member {
        private final String name;
        private SlowJournal way = new SlowJournal(journal);
        private ReplicaLog log;
        /* What was acknowledged may never be lost. */
        private int durable;
        private final Map<Integer, Past> pasts = new HashMap<>();

        Member(String name) {
            this.name = name;
            log = open();
        }

        private ReplicaLog open() {
            Answer<ReplicaLog> opened = new Answer<>();
            ReplicaLog.open(way, document, name, ReplicaWorld.this::reported, opened);
            way.passAll();
            return opened.get();
        }

        void restart() {
            way.die(rng.below(way.waiting() + 1));
            way = new SlowJournal(journal);
            log = open();
            require(log.version() >= durable, "an acknowledged change is lost");
        }

        void commit() {
            List<BlockOperation> operations = new ArrayList<>();
            for (int i = rng.between(1, 3); i > 0; i--) {
                operations.add(operation());
            }
            BlockDocument before = log.document();
            List<String> order = log.order();
            int version = log.version();
            int at = honest ? now++ : rng.below(5);
            try {
                log.commit(operations, at, new Outcome<>() {
                    @Override
                    public void succeeded(Integer committed) {
                        durable = Math.max(durable, committed);
                    }

                    @Override
                    public void failed(Failure failure) {
                        throw new IllegalStateException("a commit failed: " + failure.message());
                    }
                });
            } catch (IllegalArgumentException e) {
                require(log.document().equals(before) && log.order().equals(order) && log.version() == version,
                        "a commit that was refused changed something");
                return;
            }
            CausalContext seen = before.context();
            for (BlockOperation operation : operations) {
                version++;
                pasts.put(version, new Past(operation, seen, name, at));
                seen = after(operation, seen);
            }
            if (operations.get(operations.size() - 1) instanceof BlockOperation.Insert insert) {
                List<String> placed = log.order();
                int place = placed.indexOf(insert.id());
                require(place == (insert.after() == null ? 0 : placed.indexOf(insert.after()) + 1),
                        "a block is not where it was put");
            }
        }

        /* An insertion numbers mark, place and fields one after the other, a move the place, an update the fields. */
        private CausalContext after(BlockOperation operation, CausalContext seen) {
            CausalContext next = seen;
            for (int i = writes(operation); i > 0; i--) {
                next = next.with(next.next(spelled(name)));
            }
            return next;
        }

        private BlockOperation operation() {
            List<String> order = log.order();
            String id = order.isEmpty() || rng.chance(40) ? rng.pick(IDS) : rng.pick(order);
            @Nullable
            String after = order.isEmpty() || rng.chance(30) ? null : rng.pick(order);
            return switch (log.document().has(id) ? rng.weighted(5, 45, 25, 25) : 0) {
                case 0 -> new BlockOperation.Insert(id, after, fields());
                case 1 -> new BlockOperation.Update(id, fields());
                case 2 -> new BlockOperation.Delete(id);
                default -> new BlockOperation.Move(id, after);
            };
        }

        private JsonObject fields() {
            JsonObject.Builder fields = JsonObject.builder();
            for (int i = rng.below(3); i > 0; i--) {
                fields.put(rng.pick(FIELDS), JsonValue.of(rng.below(100)));
            }
            return fields.build();
        }

        void converge(List<String> names) {
            Answer<BlockDocument> converged = new Answer<>();
            log.converge(names, converged);
            way.passAll();
            require(log.document().covers(converged.get()), "converge answers more than the document has");
            log.check();
        }
    }

    private ReplicaWorld(int seed, Journal kept) {
        document = "doc:" + seed;
        rng = new Rng(seed);
        journal = new Archive(kept);
        reader = new ReplicaLogs(journal, document, this::reported);
        honest = rng.chance(50);
        for (String name : NAMES.subList(0, rng.between(2, NAMES.size()))) {
            members.add(new Member(name));
        }
    }

    /**
     * Plays one world to its end.
     *
     * @return the digest of the document
     * @throws IllegalStateException when something does not hold
     */
    public static String run(int seed) {
        return run(seed, new MemoryJournal());
    }

    /** The same on a journal that answers at once, in streams of documents that are called after the seed. */
    public static String run(int seed, Journal journal) {
        ReplicaWorld world = new ReplicaWorld(seed, journal);
        for (int i = world.rng.between(5, 60); i > 0; i--) {
            world.step();
        }
        return world.settle();
    }

    private void step() {
        Member member = rng.pick(members);
        List<String> some = new ArrayList<>();
        for (Member other : members) {
            if (rng.chance(60)) {
                some.add(other.name);
            }
        }
        switch (rng.weighted(36, 12, 20, 12, 10, 8, 6)) {
            case 0 -> member.commit();
            case 1 -> member.way.pass(rng.between(1, 4));
            case 2 -> member.converge(some);
            case 3 -> member.log.acknowledge(some, new Answer<>());
            case 4 -> member.log.compact(names(), new Answer<>());
            case 5 -> member.restart();
            default -> reader.converge(rng.chance(50) ? names() : some, new Answer<>());
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Member member : members) {
            names.add(member.name);
        }
        return names;
    }

    private String settle() {
        for (Member member : members) {
            member.way.passAll();
        }
        BlockDocument agreed = members.get(0).log.document();
        for (Member member : members) {
            member.converge(names());
            agreed = member.log.document();
        }
        for (Member member : members) {
            same(agreed, member.log.document(), "replica " + member.name);
            Answer<BlockDocument> read = new Answer<>();
            List<String> shuffled = shuffled(names());
            new ReplicaLogs(journal, document, this::reported).converge(shuffled, read);
            same(agreed, read.get(), "a reader that is new");
            member.restart();
            member.converge(shuffled);
            same(agreed, member.log.document(), "a replica that was opened again");
        }
        Answer<BlockDocument> late = new Answer<>();
        reader.converge(names(), late);
        same(agreed, late.get(), "a reader that lags behind");
        same(agreed, replayed(), "all changes ever made, twice and in any order");
        require(reports.isEmpty(), "something was set aside: " + reports);
        if (honest) {
            Map<String, Map<String, String>> expected = expected();
            Map<String, Map<String, String>> contents = contents(agreed);
            if (!expected.equals(contents)) {
                throw new IllegalStateException("by the rules it is " + expected + ", not " + contents);
            }
        }
        return agreed.digest();
    }

    private List<String> shuffled(List<String> names) {
        List<String> left = new ArrayList<>(names);
        List<String> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(rng.below(left.size())));
        }
        return shuffled;
    }

    private List<LogEntry> history(String name) {
        MemoryJournal whole = new MemoryJournal();
        String stream = ReplicaLogs.stream(document, name);
        List<byte[]> records = journal.all.get(stream);
        if (records == null) {
            return List.of();
        }
        whole.append(stream, 0, records, new Answer<>());
        Answer<List<LogEntry>> entries = new Answer<>();
        new ReplicaLogs(whole, document, this::reported).log(name, 0, records.size(), entries);
        return entries.get();
    }

    private BlockDocument replayed() {
        List<BlockDocument> deltas = new ArrayList<>();
        for (String name : names()) {
            for (LogEntry entry : history(name)) {
                if (entry instanceof LogEntry.Change change) {
                    deltas.add(change.delta());
                    deltas.add(change.delta());
                }
            }
        }
        BlockDocument joined = BlockDocument.EMPTY;
        while (!deltas.isEmpty()) {
            joined = joined.join(deltas.remove(rng.below(deltas.size())));
        }
        return joined;
    }

    /* By the rules: a write stands unless somebody who had seen it deleted the block, inserted it anew or wrote again. */
    private Map<String, Map<String, String>> expected() {
        List<Past> changes = new ArrayList<>();
        for (Member member : members) {
            for (LogEntry entry : history(member.name)) {
                if (entry instanceof LogEntry.Change) {
                    changes.add(member.pasts.get(entry.version()));
                }
            }
        }
        Map<String, Map<String, String>> blocks = new TreeMap<>();
        for (Past change : changes) {
            if (change.operation instanceof BlockOperation.Insert && stands(change, 0, "!", changes)) {
                blocks.put(change.operation.id(), new TreeMap<>());
            }
        }
        for (Map.Entry<String, Map<String, String>> block : blocks.entrySet()) {
            Map<String, Integer> latest = new HashMap<>();
            for (Past change : changes) {
                JsonObject fields = fields(change.operation);
                int first = change.operation instanceof BlockOperation.Insert ? 2 : 0;
                for (int i = 0; change.operation.id().equals(block.getKey()) && i < fields.size(); i++) {
                    String field = fields.name(i);
                    Integer before = latest.get(field);
                    if (stands(change, first + i, "=" + field, changes) && (before == null || before < change.at)) {
                        latest.put(field, change.at);
                        block.getValue().put(field, fields.value(i).toJson());
                    }
                }
            }
        }
        return blocks;
    }

    private static boolean stands(Past write, int number, String key, List<Past> changes) {
        String writer = spelled(write.writer);
        Dot dot = new Dot(writer, write.seen.last(writer) + 1 + number);
        for (Past other : changes) {
            boolean resets = other.operation instanceof BlockOperation.Delete
                    || other.operation instanceof BlockOperation.Insert || fields(other.operation).has(key.substring(1))
                            && key.charAt(0) == '=';
            if (resets && other.operation.id().equals(write.operation.id()) && other.seen.contains(dot)) {
                return false;
            }
        }
        return true;
    }

    private static int writes(BlockOperation operation) {
        return switch (operation) {
            case BlockOperation.Insert insert -> 2 + insert.fields().size();
            case BlockOperation.Update update -> update.fields().size();
            case BlockOperation.Delete delete -> 0;
            case BlockOperation.Move move -> 1;
        };
    }

    private static JsonObject fields(BlockOperation operation) {
        return switch (operation) {
            case BlockOperation.Insert insert -> insert.fields();
            case BlockOperation.Update update -> update.fields();
            case BlockOperation.Delete delete -> JsonObject.EMPTY;
            case BlockOperation.Move move -> JsonObject.EMPTY;
        };
    }

    private static String spelled(String replica) {
        return replica.replace("~", "~~");
    }

    private static Map<String, Map<String, String>> contents(BlockDocument document) {
        Map<String, Map<String, String>> blocks = new TreeMap<>();
        for (Block block : document.blocks()) {
            Map<String, String> fields = new TreeMap<>();
            for (int i = 0; i < block.fields().size(); i++) {
                fields.put(block.fields().name(i), block.fields().value(i).toJson());
            }
            blocks.put(block.id(), fields);
        }
        return blocks;
    }

    private void reported(String replica, int from, int to, String reason) {
        reports.append(replica).append(' ').append(from).append('-').append(to).append(": ").append(reason);
    }

    private static void same(BlockDocument expected, BlockDocument actual, String route) {
        if (!expected.digest().equals(actual.digest())) {
            throw new IllegalStateException(route + " has " + actual.value() + ", not " + expected.value());
        }
        require(expected.order().equals(actual.order()), route + " has another order");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
