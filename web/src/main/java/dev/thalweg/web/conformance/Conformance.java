package dev.thalweg.web.conformance;

import dev.thalweg.testkit.Scenarios;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** Runs named scenarios and returns what they came to, which must be the same on every target. */
public final class Conformance {
    private static final int JOURNAL_SEEDS = 30;

    private static JournalConformance.@Nullable Run journal;
    private static TrustConformance.@Nullable Run trust;
    private static @Nullable SyncConformance sync;

    private Conformance() {}

    public static void main(String[] arguments) {}

    /** The digest of one scenario, see {@link Scenarios#run}. */
    @JSExport
    public static String run(String name) {
        return Scenarios.run(name);
    }

    /**
     * Holds the browser's journal to its contract, from the first call on.
     *
     * @param database the name of the database it is to use
     * @return empty until that is done; then how many cases hold, or what does not
     */
    @JSExport
    public static String journal(String database) {
        JournalConformance.Run run = journal;
        if (run == null) {
            run = JournalConformance.start(database, JOURNAL_SEEDS);
            journal = run;
        }
        return run.verdict;
    }

    /**
     * Has the browser check entries that were signed elsewhere and sign one, from the first call on.
     *
     * @param entries JSON of entries of a document called {@code doc}
     * @return empty until that is done; then what came of it, as JSON, or what went wrong
     */
    @JSExport
    public static String trust(String entries) {
        TrustConformance.Run run = trust;
        if (run == null) {
            run = TrustConformance.start(entries);
            trust = run;
        }
        return run.verdict;
    }

    /**
     * Keeps tables and a text in touch with a server, from the first call on.
     *
     * @param base   the server's address
     * @param tables token for the document that is tables
     * @param text   token for the document that is a text
     * @return what is here, as JSON
     */
    @JSExport
    public static String sync(String base, String tables, String text) {
        SyncConformance here = sync;
        if (here == null) {
            here = SyncConformance.start(base, tables, text);
            sync = here;
        }
        return here.state();
    }
}
