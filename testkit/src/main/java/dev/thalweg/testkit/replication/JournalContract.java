package dev.thalweg.testkit.replication;

import static dev.thalweg.testkit.replication.JournalCall.append;
import static dev.thalweg.testkit.replication.JournalCall.delete;
import static dev.thalweg.testkit.replication.JournalCall.extent;
import static dev.thalweg.testkit.replication.JournalCall.read;
import static dev.thalweg.testkit.replication.JournalCall.refused;
import static dev.thalweg.testkit.replication.JournalCall.save;
import static dev.thalweg.testkit.replication.JournalCall.snapshot;
import static dev.thalweg.testkit.replication.JournalCall.streams;
import static dev.thalweg.testkit.replication.JournalCall.truncate;

import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every journal does, on the JVM and in the browser: cases made of calls and of the answers they have to get. A
 * case uses streams of its own, so that all may be run on one journal. Between some calls the journal is opened again.
 */
public final class JournalContract {
    private static final String HOSTILE = "ü😀 %_'\"\\:/__proto__";

    private JournalContract() {}

    /** A journal that is tried. */
    public interface Bench {
        /** The journal as it is open now. */
        Journal journal();

        /** Closes it, opens it again and then goes on; a journal that does not last just goes on. */
        void reopen(Runnable then);
    }

    /** @param call null for opening the journal again */
    private record Step(@Nullable JournalCall call, String answer) {}

    /** One thing that holds. */
    public static final class Case {
        private final String name;
        private final List<Step> steps = new ArrayList<>();

        Case(String name) {
            this.name = name;
        }

        /** What it is that holds. */
        public String name() {
            return name;
        }

        Case answers(String answer, JournalCall call) {
            steps.add(new Step(call, answer));
            return this;
        }

        Case reopened() {
            steps.add(new Step(null, ""));
            return this;
        }

        /** Holds it against a journal. @param verdict hears what was wrong first, or an empty text; once */
        public void run(Bench bench, Consumer<String> verdict) {
            new Run(this, bench, verdict).go();
        }
    }

    /* Goes on by itself while answers come at once, so that the stack does not grow with the steps. */
    private static final class Run {
        private final Case told;
        private final Bench bench;
        private final Consumer<String> verdict;
        private int next;
        private boolean going;
        private boolean answered;

        Run(Case told, Bench bench, Consumer<String> verdict) {
            this.told = told;
            this.bench = bench;
            this.verdict = verdict;
        }

        void go() {
            going = true;
            do {
                if (next == told.steps.size()) {
                    verdict.accept("");
                    return;
                }
                answered = false;
                Step step = told.steps.get(next);
                if (step.call == null) {
                    bench.reopen(() -> answer(step, ""));
                } else {
                    step.call.make(bench.journal(), text -> answer(step, text));
                }
            } while (answered && next >= 0);
            going = false;
        }

        private void answer(Step step, String text) {
            if (!text.equals(step.answer)) {
                verdict.accept(told.name + ", step " + (next + 1) + ": expected <" + step.answer + ">, was <" + text
                        + ">");
                next = -1;
                return;
            }
            next++;
            answered = true;
            if (!going) {
                go();
            }
        }
    }

    /** All cases. @param seeds how many of them are made up at random */
    public static List<Case> cases(int seeds) {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("a stream nobody has written to is empty")
                .answers("0..0", extent("empty")).answers("", read("empty", 0, 10)).answers("none", snapshot("empty"))
                .answers("0..0", truncate("empty", 0)).answers("0..0", delete("empty"))
                .answers("stale", truncate("empty", 1)).answers("", streams("empty")));
        cases.add(new Case("records are read in order, from a version on, so many at most")
                .answers("0..1", append("order", 0, "a")).answers("0..4", append("order", 1, "b", "", "d"))
                .answers("1:a 2:b 3: 4:d", read("order", 0, 10)).answers("3: 4:d", read("order", 2, 10))
                .answers("2:b", read("order", 1, 1)).answers("", read("order", 4, 1)).answers("", read("order", 99, 1))
                .reopened().answers("1:a 2:b 3: 4:d", read("order", 0, 10)).answers("0..4", extent("order")));
        cases.add(new Case("an append at another version than expected changes nothing")
                .answers("0..2", append("stale", Journal.ANY, "a", "b")).answers("stale", append("stale", 1, "x"))
                .answers("stale", append("stale", 3, "x")).answers("stale", append("stale", 0, "x"))
                .answers("1:a 2:b", read("stale", 0, 9)).answers("0..3", append("stale", 2, "c")).reopened()
                .answers("stale", append("stale", 2, "x")).answers("0..4", append("stale", Journal.ANY, "d"))
                .answers("1:a 2:b 3:c 4:d", read("stale", 0, 9)));
        cases.add(new Case("what is cut off is gone, and versions stay")
                .answers("0..4", append("cut", 0, "a", "b", "c", "d")).answers("2..4", truncate("cut", 2))
                .answers("2..4", truncate("cut", 1)).answers("3:c 4:d", read("cut", 0, 9))
                .answers("4:d", read("cut", 3, 9)).answers("stale", truncate("cut", 5))
                .answers("4..4", truncate("cut", 4)).answers("", read("cut", 0, 9)).reopened()
                .answers("4..4", extent("cut")).answers("stale", append("cut", 0, "x"))
                .answers("4..5", append("cut", 4, "e")).answers("5:e", read("cut", 0, 9))
                .answers("cut", streams("cut")));
        cases.add(new Case("the latest snapshot is kept")
                .answers("0..0", save("snap", 3, "three")).answers("3:three", snapshot("snap"))
                .answers("stale", save("snap", 2, "two")).answers("0..0", save("snap", 3, "again")).reopened()
                .answers("3:again", snapshot("snap")).answers("0..2", append("snap", 0, "a", "b"))
                .answers("0..2", save("snap", 7, "")).answers("2..2", truncate("snap", 2)).reopened()
                .answers("7:", snapshot("snap")).answers("2..2", extent("snap")).answers("snap", streams("snap")));
        cases.add(new Case("a stream that is deleted starts anew")
                .answers("0..2", append("del", 0, "a", "b")).answers("0..2", save("del", 2, "s"))
                .answers("0..0", delete("del")).answers("0..0", extent("del")).answers("", read("del", 0, 9))
                .answers("none", snapshot("del")).answers("", streams("del")).reopened()
                .answers("0..0", extent("del")).answers("0..1", append("del", 0, "c")).reopened()
                .answers("1:c", read("del", 0, 9)).answers("none", snapshot("del")));
        cases.add(new Case("streams are apart, whatever their names, and listed by prefix")
                .answers("0..1", append("list/" + HOSTILE, 0, HOSTILE)).answers("0..1", append("list/Ä", 0, "2"))
                .answers("0..1", append("list/a", 0, "3")).answers("0..1", append("list/A", 0, "4"))
                .answers("0..0", save("list/\uFF5E", 0, "5")).answers("0..1", append("list/😀", 0, "6"))
                .answers("0..1", append("listing", 0, "7")).reopened()
                .answers("list/A list/a list/Ä list/" + HOSTILE + " list/😀 list/\uFF5E", streams("list/"))
                .answers("list/" + HOSTILE, streams("list/ü")).answers("", streams("list_"))
                .answers("", streams("LIST")).answers("1:" + HOSTILE, read("list/" + HOSTILE, 0, 9))
                .answers("1:4", read("list/A", 0, 9)));
        cases.add(new Case("what a caller gets wrong is refused")
                .answers("refused", refused(append("", 0, "a"))).answers("refused", refused(append("bad", -2, "a")))
                .answers("refused", refused(append("bad", 0))).answers("refused", refused(read("bad", -1, 1)))
                .answers("refused", refused(read("bad", 0, 0))).answers("refused", refused(truncate("bad", -1)))
                .answers("refused", refused(save("bad", -1, ""))).answers("refused", refused(extent("a\0b")))
                .answers("refused", refused(snapshot("a\uD83D"))).answers("refused", refused(delete("\uDE00")))
                .answers("refused", refused(streams("\uD83D")))
                .answers("refused", refused(extent("x".repeat(JournalLimits.MAX_NAME + 1))))
                .answers("0..0", extent("x".repeat(JournalLimits.MAX_NAME))).answers("", streams("bad")));
        cases.add(new Case("many and large records come back").answers("0..500", append("many", 0, large()))
                .reopened().answers("0..500", extent("many")).answers("500:" + large()[499], read("many", 499, 1)));
        for (int seed = 1; seed <= seeds; seed++) {
            cases.add(random(seed));
        }
        return cases;
    }

    private static String[] large() {
        String[] records = new String[500];
        for (int i = 0; i < records.length; i++) {
            records[i] = i + "x".repeat(i);
        }
        return records;
    }

    /* The answers are those of the journal in memory, which the cases above hold to its word. */
    private static Case random(int seed) {
        Rng rng = new Rng(seed);
        Case random = new Case("at random, seed " + seed);
        MemoryJournal oracle = new MemoryJournal();
        for (int i = rng.between(10, 40); i > 0; i--) {
            if (rng.chance(8)) {
                random.reopened();
                continue;
            }
            JournalCall call = call(rng, "random/" + seed + "/" + rng.below(3), i);
            call.make(oracle, answer -> random.answers(answer, call));
        }
        return random;
    }

    private static JournalCall call(Rng rng, String stream, int i) {
        return switch (rng.weighted(40, 20, 10, 10, 8, 6, 4, 2)) {
            case 0 -> append(stream, rng.chance(70) ? Journal.ANY : rng.below(6), rng.chance(50)
                    ? new String[] {"r" + i} : new String[] {"r" + i, "", HOSTILE + i});
            case 1 -> read(stream, rng.below(8), rng.between(50, 99));
            case 2 -> truncate(stream, rng.below(6));
            case 3 -> save(stream, rng.below(6), "s" + i);
            case 4 -> snapshot(stream);
            case 5 -> extent(stream);
            case 6 -> streams(stream);
            default -> delete(stream);
        };
    }
}
