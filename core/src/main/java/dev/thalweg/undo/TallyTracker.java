package dev.thalweg.undo;

import dev.thalweg.dds.ormap.OrMapOperation;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.undo.UndoOutcome.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the tallies of an OR-map. What was added to a row is taken away again as long as the row is there. A row that
 * was opened is struck again, and a struck one opened, only if nobody else has touched it since.
 */
final class TallyTracker extends Tracker<OrMapOperation> {
    private final SharedOrMap map;
    private final Map<String, Row> rows = new HashMap<>();

    /** A row the history names. */
    private static final class Row {
        /** How many operations of other clients were sequenced on it. */
        int theirs;
        /** How many parts name it. */
        int held;
        /** How many operations of undo and redo on it are in flight, and what {@link #theirs} was at the last. */
        int restoring;
        int theirsAtRestoring;
    }

    /** Something a step did to a row. */
    private abstract class OnRow extends Part {
        final String key;
        final Row row;
        int theirs;

        OnRow(String key) {
            super(TallyTracker.this, key);
            this.key = key;
            Row known = rows.get(key);
            if (known == null) {
                known = new Row();
                rows.put(key, known);
            }
            known.held++;
            this.row = known;
            this.theirs = known.theirs;
        }

        @Override
        void forget() {
            if (--row.held == 0) {
                rows.remove(key);
            }
        }

        final void restore(Runnable edit) {
            row.theirsAtRestoring = row.theirs;
            perform(new Flight() {
                @Override
                void begins(Object operation) {
                    super.begins(operation);
                    row.restoring++;
                }

                @Override
                void landed() {
                    row.restoring--;
                }

                @Override
                void takenBack() {
                    row.restoring--;
                }
            }, edit);
        }
    }

    private final class Add extends OnRow {
        private final long amount;
        private final boolean opened;

        Add(String key, long amount) {
            super(key);
            this.amount = amount;
            this.opened = !there(key);
        }

        @Override
        @Nullable
        Reason revert(List<Runnable> back) {
            if (!there(key)) {
                return Reason.GONE;
            }
            if (amount != 0) {
                restore(() -> map.increment(key, -amount));
            }
            if (opened && row.theirs == theirs) {
                restore(() -> map.remove(key));
            }
            return null;
        }

        @Override
        @Nullable
        Reason reapply(List<Runnable> back) {
            if (!there(key) && (!opened || row.theirs != theirs)) {
                return Reason.GONE;
            }
            restore(() -> map.increment(key, amount));
            return null;
        }
    }

    private final class Strike extends OnRow {
        Strike(String key) {
            super(key);
        }

        @Override
        @Nullable
        Reason revert(List<Runnable> back) {
            if (there(key) || row.theirs != theirs) {
                return Reason.OVERWRITTEN;
            }
            restore(() -> map.open(key));
            return null;
        }

        @Override
        @Nullable
        Reason reapply(List<Runnable> back) {
            if (!there(key) || row.theirs != theirs) {
                return Reason.OVERWRITTEN;
            }
            restore(() -> map.remove(key));
            return null;
        }
    }

    TallyTracker(UndoRedoStackManager manager, SharedOrMap map) {
        super(manager, map);
        this.map = map;
    }

    @Override
    Flight record(OrMapOperation operation) {
        String key = operation.key();
        return switch (operation) {
            case OrMapOperation.Increment increment -> part(new Add(key, (long) increment.amount()));
            case OrMapOperation.Open open -> there(key) ? new Flight() : part(new Add(key, 0));
            case OrMapOperation.Remove remove -> part(new Strike(key));
            case OrMapOperation.Write write -> new Flight();
        };
    }

    @Override
    void foreign(OrMapOperation operation) {
        Row row = rows.get(operation.key());
        if (row == null) {
            return;
        }
        boolean first = row.theirs == row.theirsAtRestoring;
        row.theirs++;
        // They struck what they saw. That an undo was on its way, which opens the row anew, is no reason to keep it.
        if (operation instanceof OrMapOperation.Remove && row.restoring > 0 && first && there(operation.key())) {
            String key = operation.key();
            channel.afterThisMessage(() -> perform(new Flight(), () -> map.remove(key)));
        }
    }

    private Flight part(OnRow part) {
        return new NewPart(manager.step(), part);
    }

    private boolean there(String key) {
        return map.has(key) && !map.removing(key);
    }
}
