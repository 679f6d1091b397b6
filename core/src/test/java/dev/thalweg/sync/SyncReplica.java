package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.ListChange;
import dev.thalweg.eventgraph.ListDocument;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A document that somebody edits, beside a copy for which every edit is made again, and every merge's changes. */
abstract class SyncReplica<C> {
    private final EventDocument<C> document;

    private SyncReplica(EventDocument<C> document) {
        this.document = document;
    }

    static SyncReplica<?> of(DocumentKind kind, String agent) {
        return switch (kind) {
            case TABLES -> new Tables(new TableDocument(agent));
            case TEXT -> new Text(new TextDocument(agent));
            case LIST -> new Elements(new ListDocument(agent));
        };
    }

    final EventDocument<C> document() {
        return document;
    }

    final Answer<SyncClient.SyncReport> sync(SyncTransport hub, SyncLimits limits) {
        Answer<SyncClient.SyncReport> report = new Answer<>();
        new SyncClient<>(document, hub, limits, this::follow).sync(report);
        return report;
    }

    /** Does something. */
    abstract void edit(Random random);

    /** Changes the copy as a merge changed the document. */
    abstract void follow(C changes);

    /** What the document is. */
    abstract Object view();

    /** What the copy is. */
    abstract Object copy();

    private static final class Tables extends SyncReplica<List<RowChange>> {
        private final TableDocument tables;
        private final Map<String, JsonObject> rows = new TreeMap<>();

        Tables(TableDocument tables) {
            super(tables);
            this.tables = tables;
        }

        @Override
        void edit(Random random) {
            String row = "row" + random.nextInt(3);
            JsonValue value = JsonValue.of(random.nextInt(100));
            if (tables.row("t", row) == null || random.nextBoolean()) {
                tables.insert("t", row, JsonObject.of("a", value));
            } else if (random.nextBoolean()) {
                tables.update("t", row, "b", value);
            } else {
                tables.delete("t", row);
            }
            rows.clear();
            rows.putAll(tables.rows("t"));
        }

        @Override
        void follow(List<RowChange> changes) {
            for (RowChange change : changes) {
                switch (change) {
                    case RowChange.InsertRow insert -> rows.put(insert.row(), insert.values());
                    case RowChange.SetCell set -> rows.computeIfPresent(set.row(),
                            (row, values) -> values.with(set.column(), set.value()));
                    case RowChange.DeleteRow delete -> rows.remove(delete.row());
                }
            }
        }

        @Override
        Object view() {
            return tables.rows("t");
        }

        @Override
        Object copy() {
            return rows;
        }
    }

    private static final class Text extends SyncReplica<TextChange> {
        private static final List<String> PIECES = List.of("a", "bc", "\ud83d\ude00", "\n",
                "d\ud83c\udf0a\ud83c\udf0ae");

        private final TextDocument text;
        private String copy = "";

        Text(TextDocument text) {
            super(text);
            this.text = text;
        }

        @Override
        void edit(Random random) {
            int position = boundary(random);
            int end = boundary(random);
            if (random.nextInt(3) == 0) {
                text.delete(Math.min(position, end), Math.abs(end - position));
            } else {
                text.insert(position, PIECES.get(random.nextInt(PIECES.size())));
            }
            copy = text.text();
        }

        private int boundary(Random random) {
            int position = random.nextInt(text.length() + 1);
            String all = text.text();
            boolean inside = position > 0 && position < all.length() && Character.isLowSurrogate(all.charAt(position))
                    && Character.isHighSurrogate(all.charAt(position - 1));
            return inside ? position - 1 : position;
        }

        @Override
        void follow(TextChange changes) {
            copy = changes.applyTo(copy);
        }

        @Override
        Object view() {
            return text.text();
        }

        @Override
        Object copy() {
            return copy;
        }
    }

    private static final class Elements extends SyncReplica<List<ListChange>> {
        private final ListDocument list;
        private final List<JsonValue> copy = new ArrayList<>();

        Elements(ListDocument list) {
            super(list);
            this.list = list;
        }

        @Override
        void edit(Random random) {
            JsonValue value = JsonValue.of(random.nextInt(100));
            int size = list.size();
            int what = size == 0 ? 0 : random.nextInt(5);
            switch (what) {
                case 0, 1 -> list.insert(random.nextInt(size + 1), List.of(value, JsonValue.of("x")));
                case 2 -> list.delete(random.nextInt(size), 1);
                case 3 -> list.move(random.nextInt(size), random.nextInt(size));
                default -> list.set(random.nextInt(size), value);
            }
            copy.clear();
            copy.addAll(list.toList());
        }

        @Override
        void follow(List<ListChange> changes) {
            for (ListChange change : changes) {
                switch (change) {
                    case ListChange.Insert insert -> copy.add(insert.index(), insert.value());
                    case ListChange.Delete delete -> copy.remove(delete.index());
                    case ListChange.Move move -> copy.add(move.to(), copy.remove(move.from()));
                    case ListChange.Set set -> copy.set(set.index(), set.value());
                }
            }
        }

        @Override
        Object view() {
            return list.toList();
        }

        @Override
        Object copy() {
            return copy;
        }
    }
}
