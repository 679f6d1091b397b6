package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.SignedEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What honest replicas made of the entries of one act that came to the same end. */
final class Verdict {
    /** How it ended. */
    enum End {
        /** Not taken in. */
        REFUSED("refused"),
        /** Taken in, and its author found out. */
        FOUND_OUT("found-out"),
        /** Waits for its causes. */
        WAITS("waits"),
        /** Was here already. */
        KNOWN("known");

        private final String id;

        End(String id) {
            this.id = id;
        }

        /** Its name in the page. */
        String id() {
            return id;
        }
    }

    private final int act;
    private final String label;
    private final End end;
    private final @Nullable Check check;
    private final String detail;
    private final SignedEntry entry;
    private final List<String> replicas = new ArrayList<>();
    private int count;

    /**
     * @param act    which of the reader's acts it belongs to, from 1
     * @param label  what the act was
     * @param check  that it came to, null when it was not refused by one
     * @param detail the replica's own words
     * @param entry  the first of them
     */
    Verdict(int act, String label, End end, @Nullable Check check, String detail, SignedEntry entry) {
        this.act = act;
        this.label = label;
        this.end = end;
        this.check = check;
        this.detail = detail;
        this.entry = entry;
    }

    int act() {
        return act;
    }

    String label() {
        return label;
    }

    End end() {
        return end;
    }

    @Nullable
    Check check() {
        return check;
    }

    String detail() {
        return detail;
    }

    SignedEntry entry() {
        return entry;
    }

    /** How many entries at how many replicas. */
    int count() {
        return count;
    }

    /** The replicas it happened at, in the order in which it did. */
    List<String> replicas() {
        return replicas;
    }

    /** Whether something else is to be said in the same line. */
    boolean isLike(int otherAct, End otherEnd, @Nullable Check otherCheck) {
        return act == otherAct && end == otherEnd && check == otherCheck;
    }

    /** Says that it happened at a replica. */
    void at(String replica) {
        count++;
        for (String each : replicas) {
            if (each.equals(replica)) {
                return;
            }
        }
        replicas.add(replica);
    }
}
