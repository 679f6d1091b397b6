package dev.thalweg.shrink;

import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Java classes of a program, as TeaVM's metadata and constructor functions tell them.
 *
 * <p>
 * Metadata is one array, or several, of rows without a border: the class, its name with the index of its package (or 0
 * and no index), its parent, its interfaces, its modifiers, what it is nested in, its initializer, and its virtual
 * methods as an array of names (or arrays of names) and functions. A constructor function calls its parent's and
 * gives every field of its own its first value.
 */
final class ClassTable {
    /** The root of all classes. */
    static final String OBJECT = "jl_Object";

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Node> constructors = new HashMap<>();
    private final Map<String, List<String>> fields = new HashMap<>();
    private final List<Node> statements = new ArrayList<>();

    /**
     * A class.
     *
     * @param type        its constructor function
     * @param name        without its package, if the program asks for it
     * @param packageName the index of its package, if there is a name
     * @param parent      0 or a constructor function
     * @param interfaces  an array
     * @param modifiers   a number
     * @param initializer 0 or a function
     * @param methods     0, or names and functions by turns
     */
    record Row(Node type, @Nullable Node name, @Nullable Node packageName, Node parent, Node interfaces, Node modifiers,
            Node initializer, Node methods) {
        /** The parent's name. */
        @Nullable
        String parentName() {
            return parent.isName() ? parent.getString() : null;
        }
    }

    private ClassTable() {}

    /** Reads a program, and takes the metadata out of it except for the statements that it was in. */
    static ClassTable of(Node program) {
        ClassTable table = new ClassTable();
        Trees.walk(program, node -> {
            if (Trees.calls(node, "$rt_metadata")) {
                table.statements.add(Trees.parent(node));
                table.metadata(Trees.detached(Trees.last(node)));
            }
        });
        Trees.walk(program, node -> {
            if (node.isFunction() && table.rows.containsKey(Trees.first(node).getString())) {
                table.constructor(node);
            }
        });
        if (!table.rows.containsKey(OBJECT)) {
            throw new IllegalArgumentException("not a program that TeaVM compiled without minifying it: it has no "
                    + OBJECT + " among its " + table.rows.size() + " classes");
        }
        return table;
    }

    private void metadata(List<Node> cells) {
        int at = 0;
        while (at < cells.size()) {
            Node type = cells.get(at++);
            boolean named = cells.get(at).isStringLit();
            Node name = cells.get(at++);
            Node packageName = named ? cells.get(at++) : null;
            Row row = new Row(type, named ? name : null, packageName, cells.get(at), cells.get(at + 1),
                    cells.get(at + 2), cells.get(at + 4), cells.get(at + 5));
            at += 6;
            if (!type.isName() || !row.interfaces.isArrayLit() || !row.modifiers.isNumber()) {
                throw new IllegalArgumentException("metadata in an unknown form at " + type + ", class "
                        + (rows.size() + 1));
            }
            rows.put(type.getString(), row);
        }
    }

    private void constructor(Node function) {
        String type = Trees.first(function).getString();
        List<String> own = new ArrayList<>();
        for (Node assignment : assignments(function)) {
            own.add(Trees.first(assignment).getString());
        }
        constructors.put(type, function);
        fields.put(type, own);
    }

    /** How a constructor function sets its fields. */
    static List<Node> assignments(Node function) {
        List<Node> assignments = new ArrayList<>();
        for (Node statement : Trees.children(Trees.last(function))) {
            Node expression = Trees.first(statement);
            if (statement.isExprResult() && expression.isAssign() && Trees.isMember(Trees.first(expression))) {
                assignments.add(expression);
            } else if (!statement.isLet() && !(statement.isExprResult() && expression.isCall())) {
                throw new IllegalArgumentException(
                        "the constructor " + Trees.first(function).getString() + " has an unknown form");
            }
        }
        return assignments;
    }

    /** All classes. */
    Map<String, Row> rows() {
        return rows;
    }

    /** The functions of those that have one. */
    Map<String, Node> constructors() {
        return constructors;
    }

    /** What held the metadata: the first is where it belongs. */
    List<Node> statements() {
        return statements;
    }

    /** The fields that a class itself has. */
    List<String> fields(String type) {
        return fields.getOrDefault(type, List.of());
    }

    /** A class, its parent, and so on up to the root. */
    List<String> lineage(String type) {
        List<String> lineage = new ArrayList<>();
        for (String each = type; each != null; each = parent(each)) {
            lineage.add(each);
        }
        return lineage;
    }

    private @Nullable String parent(String type) {
        Row row = rows.get(type);
        return row == null ? null : row.parentName();
    }
}
