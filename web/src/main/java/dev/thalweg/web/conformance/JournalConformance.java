package dev.thalweg.web.conformance;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.testkit.replication.JournalContract;
import dev.thalweg.web.platform.BrowserJournal;
import java.util.List;

/** Holds the browser's journal to what every journal does. */
final class JournalConformance implements JournalContract.Bench {
    private final String database;
    private final List<JournalContract.Case> cases;
    private BrowserJournal journal;
    private int next;
    private String verdict = "";

    private JournalConformance(String database, int seeds, BrowserJournal journal) {
        this.database = database;
        this.journal = journal;
        cases = JournalContract.cases(seeds);
    }

    /** What is known of a run: nothing yet, or how it ended. */
    static final class Run {
        String verdict = "";
    }

    static Run start(String database, int seeds) {
        Run run = new Run();
        BrowserJournal.open(database, new Outcome<>() {
            @Override
            public void succeeded(BrowserJournal opened) {
                new JournalConformance(database, seeds, opened).next(run);
            }

            @Override
            public void failed(Failure failure) {
                run.verdict = failure.message();
            }
        });
        return run;
    }

    private void next(Run run) {
        if (!verdict.isEmpty() || next == cases.size()) {
            run.verdict = verdict.isEmpty() ? next + " hold" : verdict;
            journal.close();
            return;
        }
        cases.get(next++).run(this, said -> {
            verdict = said;
            next(run);
        });
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public void reopen(Runnable then) {
        journal.close();
        BrowserJournal.open(database, new Outcome<>() {
            @Override
            public void succeeded(BrowserJournal opened) {
                journal = opened;
                then.run();
            }

            @Override
            public void failed(Failure failure) {
                verdict = failure.message();
            }
        });
    }
}
