package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.json.JsonObject;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a table in the page, which is changed row by row and cell by cell as it is told and never drawn anew. One cell at
 * a time takes part in the order of the Tab key; the arrow keys go from there.
 */
final class Grid {
    private final Edits edits;
    private final El head = El.of("tr", "").attr("role", "row");
    private final El body = El.of("tbody", "").attr("role", "rowgroup");
    private final El lastHead = El.of("th", "last").attr("role", "columnheader").text("row");
    private final El table;
    private final List<String> columns = new ArrayList<>();
    private final TreeMap<String, Line> lines = new TreeMap<>();
    private final List<El> marked = new ArrayList<>();
    /* Where the reader is: a row, and 0 for its name, then the columns, then what takes the row out. */
    private String row = "";
    private int place = 1;

    /** What a reader does. */
    interface Edits {
        void write(String row, String column, String value);

        void delete(String row);
    }

    private record Line(El el, El name, El last, El remove, Map<String, Cell> cells) {}

    Grid(String label, List<String> first, Edits edits) {
        this.edits = edits;
        head.add(El.of("th", "").attr("role", "columnheader").text("station"), lastHead);
        table = El.of("table", "grid", El.of("thead", "", head).attr("role", "rowgroup"), body).attr("role", "grid")
                .attr("aria-label", label);
        first.forEach(this::addColumn);
        table.onKey(this::key);
    }

    El el() {
        return table;
    }

    /** Shows a column, at the end, unless it is there. */
    void addColumn(String name) {
        for (String each : columns) {
            if (each.equals(name)) {
                return;
            }
        }
        columns.add(name);
        head.insert(El.of("th", "").attr("role", "columnheader").attr("data-head", name).text(name), lastHead);
        lines.forEach((key, line) -> line.el().insert(cell(key, line, name).el(), line.last()));
    }

    /** Does to what is shown what was done to the copy. @param others whether they did it, so that it is to be marked */
    void apply(List<RowChange> changes, boolean others) {
        if (changes.isEmpty()) {
            return;
        }
        marked.forEach(each -> each.flag("data-changed", false));
        marked.clear();
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.InsertRow insert -> {
                    Line line = insert(insert.row(), insert.values());
                    mark(line.el(), others);
                }
                case RowChange.SetCell set -> {
                    addColumn(set.column());
                    Cell cell = cellOf(line(set.row()), set.column());
                    cell.show(Judge.plain(set.value()));
                    mark(cell.el(), others);
                }
                case RowChange.DeleteRow delete -> delete(delete.row());
            }
        }
        if (!lines.containsKey(row) && !lines.isEmpty()) {
            row = lines.firstKey();
        }
        if (lines.containsKey(row)) {
            at(row, place).attr("tabindex", "0");
        }
    }

    private void mark(El el, boolean others) {
        if (others) {
            marked.add(el.flag("data-changed", true));
        }
    }

    /** A cell that is shown, or with an empty column the name of a row; null when it is not. */
    @Nullable
    El find(String name, String column) {
        Line line = lines.get(name);
        if (line == null || column.isEmpty()) {
            return line == null ? null : line.name();
        }
        Cell cell = line.cells().get(column);
        return cell == null ? null : cell.el();
    }

    private Line line(String name) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalStateException("no row is shown that is called " + name);
        }
        return line;
    }

    private static Cell cellOf(Line line, String name) {
        Cell cell = line.cells().get(name);
        if (cell == null) {
            throw new IllegalStateException("no column is shown that is called " + name);
        }
        return cell;
    }

    private Line insert(String name, JsonObject values) {
        for (int i = 0; i < values.size(); i++) {
            addColumn(values.name(i));
        }
        El header = El.of("th", "").attr("role", "rowheader").attr("tabindex", "-1").text(name);
        El remove = El.button("delete", () -> edits.delete(name)).attr("tabindex", "-1").attr("data-action", "delete")
                .attr("aria-label", "delete " + name);
        El last = El.of("td", "last", remove).attr("role", "gridcell");
        El tr = El.of("tr", "", header).attr("role", "row").attr("data-row", name);
        Line line = new Line(tr, header, last, remove, new TreeMap<>());
        header.on("focus", () -> stand(name, 0));
        header.on("click", header::focus);
        remove.on("focus", () -> stand(name, columns.size() + 1));
        for (String each : columns) {
            tr.add(cell(name, line, each).el());
        }
        tr.add(last);
        for (int i = 0; i < values.size(); i++) {
            cellOf(line, values.name(i)).show(Judge.plain(values.value(i)));
        }
        Map.Entry<String, Line> next = lines.higherEntry(name);
        if (next == null) {
            body.add(tr);
        } else {
            body.insert(tr, next.getValue().el());
        }
        lines.put(name, line);
        return line;
    }

    private Cell cell(String name, Line line, String of) {
        Cell cell = new Cell(of);
        line.cells().put(of, cell);
        // A press puts the focus there before the click is heard; a click where the reader was already edits.
        boolean[] again = {false};
        cell.el().on("mousedown", () -> again[0] = cell.el().hasFocus());
        cell.el().on("click", () -> {
            if (again[0] && !cell.isEdited()) {
                edit(cell, null);
            }
        });
        cell.el().on("focus", () -> stand(name, 1 + placeOf(of)));
        return cell;
    }

    private int placeOf(String of) {
        int found = 0;
        while (!columns.get(found).equals(of)) {
            found++;
        }
        return found;
    }

    private void delete(String name) {
        Line line = lines.remove(name);
        if (line == null) {
            return;
        }
        line.cells().values().forEach(Cell::close);
        boolean focused = line.el().hasFocus();
        line.el().remove();
        if (name.equals(row)) {
            String below = lines.higherKey(name);
            String next = below == null ? lines.lowerKey(name) : below;
            row = "";
            if (next != null) {
                stand(next, place);
            }
            if (focused && next != null) {
                at(next, place).focus();
            }
        }
    }

    private El at(String name, int which) {
        Line line = line(name);
        if (which == 0) {
            return line.name();
        }
        return which > columns.size() ? line.remove() : cellOf(line, columns.get(which - 1)).el();
    }

    /* Notes where the reader is: the Tab key comes back there. */
    private void stand(String name, int which) {
        if (lines.containsKey(row)) {
            at(row, place).attr("tabindex", "-1");
        }
        row = name;
        place = which;
        at(row, place).attr("tabindex", "0");
    }

    private boolean go(@Nullable String name, int which) {
        if (name != null && which >= 0 && which <= columns.size() + 1) {
            at(name, which).focus();
        }
        return true;
    }

    private boolean key(String key) {
        if (!lines.containsKey(row)) {
            return false;
        }
        Cell cell = place > 0 && place <= columns.size() ? cellOf(line(row), columns.get(place - 1)) : null;
        if (cell != null && cell.isEdited()) {
            return false;
        }
        return switch (key) {
            case "ArrowUp" -> go(lines.lowerKey(row), place);
            case "ArrowDown" -> go(lines.higherKey(row), place);
            case "ArrowLeft" -> go(row, place - 1);
            case "ArrowRight" -> go(row, place + 1);
            case "Home" -> go(row, 0);
            case "End" -> go(row, columns.size() + 1);
            case "Delete" -> {
                if (place == 0) {
                    edits.delete(row);
                }
                yield place == 0;
            }
            default -> cell != null && typed(cell, key);
        };
    }

    private boolean typed(Cell cell, String key) {
        boolean opens = key.equals("Enter") || key.equals("F2");
        if (opens || key.length() == 1 && !key.equals(" ")) {
            edit(cell, opens ? null : key);
            return true;
        }
        return false;
    }

    private void edit(Cell cell, @Nullable String typed) {
        String name = row;
        String of = columns.get(place - 1);
        cell.edit(typed, name + ", " + of, written -> {
            if (written != null) {
                edits.write(name, of, written);
            }
        });
    }
}
