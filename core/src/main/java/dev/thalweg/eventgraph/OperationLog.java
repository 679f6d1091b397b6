package dev.thalweg.eventgraph;

import java.util.Arrays;

/**
 * What the events did to a text or list, as their authors saw it: each inserted or deleted one unit. Kept in runs: units
 * inserted from left to right, and units deleted forwards or backwards.
 */
final class OperationLog {
    /** Kinds of runs. Event k of a run acts on {@code position + k}. */
    static final byte INSERT = 0;
    /** All events act on {@code position}. */
    static final byte DELETE = 1;
    /** Event k acts on {@code position + length - 1 - k}. */
    static final byte DELETE_BACKWARDS = 2;

    /** Marks parts of the text. Event k adds mark {@code position + k}, and leaves the units as they are. */
    static final byte MARK = 3;

    private int[] lv = new int[16];
    private int[] length = new int[16];
    private int[] position = new int[16];
    private byte[] kind = new byte[16];
    private int[] content = new int[16];
    private int runs;
    /* The run that was last asked for. */
    private int recentRun;
    private final Units inserted;

    OperationLog(Units inserted) {
        this.inserted = inserted;
    }

    int runs() {
        return runs;
    }

    int lv(int run) {
        return lv[run];
    }

    int length(int run) {
        return length[run];
    }

    /** The leftmost position that a run acts on. */
    int position(int run) {
        return position[run];
    }

    byte kind(int run) {
        return kind[run];
    }

    /** Where among what was {@link #inserted} the run's units start. */
    int content(int run) {
        return content[run];
    }

    /** Everything that was ever inserted. */
    Units inserted() {
        return inserted;
    }

    /** The run that an event is in, which must be one of these. */
    int find(int event) {
        int found = Search.floor(lv, runs, event, Math.min(recentRun, runs - 1));
        recentRun = found;
        return found;
    }

    /** Whether an event inserts what goes together with what the event before it inserts. */
    boolean isWithin(int event) {
        int run = find(event);
        int offset = event - lv[run];
        return kind[run] == INSERT && offset > 0 && inserted.isWithin(content[run] + offset);
    }

    /** Notes that events inserted what was last added to the units, so many. */
    void insert(int event, int at, int count) {
        int last = runs - 1;
        if (last >= 0 && kind[last] == INSERT && lv[last] + length[last] == event
                && position[last] + length[last] == at) {
            length[last] += count;
        } else {
            add(event, INSERT, at, count, inserted.length() - count);
        }
    }

    /** Notes that events deleted {@code [at, at + count)}, from the left when {@code forwards}. */
    void delete(int event, int at, int count, boolean forwards) {
        int last = runs - 1;
        if (last >= 0 && kind[last] != INSERT && kind[last] != MARK && lv[last] + length[last] == event) {
            boolean single = length[last] == 1;
            if ((forwards || count == 1) && at == position[last] && (single || kind[last] == DELETE)) {
                kind[last] = DELETE;
                length[last] += count;
                return;
            }
            if ((!forwards || count == 1) && at + count == position[last]
                    && (single || kind[last] == DELETE_BACKWARDS)) {
                kind[last] = DELETE_BACKWARDS;
                length[last] += count;
                position[last] = at;
                return;
            }
        }
        add(event, forwards || count == 1 ? DELETE : DELETE_BACKWARDS, at, count, inserted.length());
    }

    /** Notes that events made the marks that were last added, so many. */
    void mark(int event, int count) {
        int last = runs - 1;
        int from = inserted.marks.size() - count;
        if (last >= 0 && kind[last] == MARK && lv[last] + length[last] == event
                && position[last] + length[last] == from) {
            length[last] += count;
        } else {
            add(event, MARK, from, count, inserted.length());
        }
    }

    private void add(int event, byte how, int at, int count, int contentFrom) {
        if (runs == lv.length) {
            int more = 2 * runs;
            lv = Arrays.copyOf(lv, more);
            length = Arrays.copyOf(length, more);
            position = Arrays.copyOf(position, more);
            kind = Arrays.copyOf(kind, more);
            content = Arrays.copyOf(content, more);
        }
        lv[runs] = event;
        length[runs] = count;
        position[runs] = at;
        kind[runs] = how;
        content[runs] = contentFrom;
        runs++;
    }

    /** Takes back the events from this one on. */
    void truncate(int event) {
        while (runs > 0 && lv[runs - 1] + length[runs - 1] > event) {
            int last = runs - 1;
            int kept = Math.max(0, event - lv[last]);
            int dropped = length[last] - kept;
            if (kind[last] == INSERT) {
                inserted.truncate(inserted.length() - dropped);
            } else if (kind[last] == MARK) {
                inserted.truncateMarks(inserted.marks.size() - dropped);
            } else if (kind[last] == DELETE_BACKWARDS) {
                position[last] += dropped;
            }
            length[last] = kept;
            if (kept > 0) {
                return;
            }
            runs--;
        }
    }

    /** The leftmost position of the part of a run which starts with its event {@code from} and ends before {@code to}. */
    int position(int run, int from, int to) {
        return switch (kind[run]) {
            case INSERT, MARK -> position[run] + from;
            case DELETE -> position[run];
            default -> position[run] + length[run] - to;
        };
    }

    /** Whether events here did what a batch says that its next ones did. */
    boolean matches(int event, int count, Batch batch, Batch.Cursor cursor) {
        boolean[] same = {true};
        int[] next = {event};
        batch.take(cursor, count, (operation, done, units, textFrom) -> {
            for (int i = 0; same[0] && i < units; i++) {
                same[0] = matches(next[0] + i, batch, operation, done + i, textFrom + i);
            }
            next[0] += units;
        });
        return same[0];
    }

    private boolean matches(int event, Batch batch, int operation, int done, int textFrom) {
        int run = find(event);
        int offset = event - lv[run];
        int how = batch.kind.get(operation);
        if (how == MARK || kind[run] == MARK) {
            return how == kind[run] && inserted.marks.get(position[run] + offset)
                    .equals(batch.inserted.marks.get(batch.position(operation, done, 1)));
        }
        boolean inserts = how == INSERT;
        return inserts == (kind[run] == INSERT)
                && position(run, offset, offset + 1) == batch.position(operation, done, 1)
                && (!inserts || inserted.same(content[run] + offset, batch.inserted, textFrom));
    }
}
