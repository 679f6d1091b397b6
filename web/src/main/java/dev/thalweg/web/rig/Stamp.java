package dev.thalweg.web.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rubber stamp says of the whole rig: told from the replicas' own numbers and digests, never from what the rig
 * believes it has done.
 */
sealed interface Stamp {
    /** As it stands in {@code data-state}. */
    String state();

    /** What it says, up to the dash. */
    String title();

    /** What it says after the dash, empty for nothing. */
    String detail();

    /** The words on the stamp. */
    default String text() {
        return detail().isEmpty() ? title() : title() + " — " + detail();
    }

    /** How a replica stands to its service. */
    enum Reach {
        /** Not there yet. */
        LOADING,
        /** Connected. */
        CONNECTED,
        /** Without a connection, and trying. */
        SEARCHING,
        /** Without a connection, and the server did not answer when it tried. */
        UNREACHED,
        /** Its link was cut by hand. */
        CUT
    }

    /**
     * What a replica says of itself.
     *
     * @param name    what it is called
     * @param reach   how it stands to its service
     * @param unseen  sequenced operations that have not reached it
     * @param pending its edits that are not acknowledged
     * @param digest  of what its reader sees
     */
    record Replica(String name, Reach reach, int unseen, int pending, String digest) {}

    /** Not everything is there yet. */
    record Loading() implements Stamp {
        @Override
        public String state() {
            return "loading";
        }

        @Override
        public String title() {
            return "Loading";
        }

        @Override
        public String detail() {
            return "";
        }
    }

    /** All replicas hold the same, and nothing is on its way. */
    record Converged() implements Stamp {
        @Override
        public String state() {
            return "converged";
        }

        @Override
        public String title() {
            return "Converged";
        }

        @Override
        public String detail() {
            return "replicas identical, nothing pending";
        }
    }

    /** Something is on its way. @param inFlight operations that travel @param pending operations not acknowledged */
    record Revising(int inFlight, int pending) implements Stamp {
        @Override
        public String state() {
            return "revising";
        }

        @Override
        public String title() {
            return "Revising";
        }

        @Override
        public String detail() {
            return inFlight + " in flight, " + pending + " pending";
        }
    }

    /** A replica is off the line. @param names which ones @param pending what they will send again */
    record LinkCut(List<String> names, int pending) implements Stamp {
        @Override
        public String state() {
            return "cut";
        }

        @Override
        public String title() {
            return "Link cut";
        }

        @Override
        public String detail() {
            return String.join(" and ", names) + ", " + pending + " to resubmit";
        }
    }

    /** The server does not answer. @param names whom @param pending what is not acknowledged */
    record ServerNotReached(List<String> names, int pending) implements Stamp {
        @Override
        public String state() {
            // To whoever watches, one more way of not being done; only a reader needs to know which.
            return "revising";
        }

        @Override
        public String title() {
            return "Server not reached";
        }

        @Override
        public String detail() {
            return String.join(" and ", names) + (names.size() == 1 ? " tries" : " try") + " again, " + pending
                    + " pending";
        }
    }

    /** Nothing is on its way and the replicas differ. */
    record Diverged() implements Stamp {
        @Override
        public String state() {
            return "diverged";
        }

        @Override
        public String title() {
            return "Diverged";
        }

        @Override
        public String detail() {
            return "this is a bug";
        }
    }

    /**
     * Judges the replicas.
     *
     * @param replicas   all of them
     * @param travelling operations held on their way to the service
     */
    static Stamp of(List<Replica> replicas, int travelling) {
        List<String> cut = new ArrayList<>();
        int cutPending = 0;
        List<String> unreached = new ArrayList<>();
        int pending = 0;
        int inFlight = travelling;
        boolean loading = replicas.isEmpty();
        boolean searching = false;
        boolean same = true;
        for (Replica replica : replicas) {
            pending += replica.pending();
            same &= replica.digest().equals(replicas.get(0).digest());
            switch (replica.reach()) {
                case LOADING -> loading = true;
                case CONNECTED -> inFlight += replica.unseen();
                case SEARCHING -> searching = true;
                case UNREACHED -> unreached.add(replica.name());
                case CUT -> {
                    cut.add(replica.name());
                    cutPending += replica.pending();
                }
            }
        }
        if (loading) {
            return new Loading();
        }
        if (!cut.isEmpty()) {
            return new LinkCut(List.copyOf(cut), cutPending);
        }
        if (!unreached.isEmpty()) {
            return new ServerNotReached(List.copyOf(unreached), pending);
        }
        if (searching || inFlight > 0 || pending > 0) {
            return new Revising(inFlight, pending);
        }
        return same ? new Converged() : new Diverged();
    }
}
