package dev.thalweg.shrink;

import com.google.javascript.rhino.IR;
import com.google.javascript.rhino.Node;
import com.google.javascript.rhino.Token;
import dev.thalweg.shrink.ClassTable.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the metadata of classes again, shorter: classes of one parent and the same interfaces together, methods as an
 * object, and only what the program reads. The functions that read it are in {@code classes.js}.
 */
final class ClassRows {
    /** What the metadata says about classes inside others, which no program of ours asks for. */
    private static final Set<String> LEFT_OUT = Set.of("enclosingClass", "declaringClass", "simpleName");

    private final ClassTable classes;
    private final Node first;
    private final Set<String> read = new HashSet<>();
    /** The bits of modifiers that the program looks at: {@code 0} for none. */
    private int modifiers;

    private ClassRows(ClassTable classes) {
        this.classes = classes;
        first = classes.statements().get(0);
    }

    static void rewrite(Node program, ClassTable classes) {
        ClassRows rows = new ClassRows(classes);
        rows.reads(program);
        rows.write();
        classes.statements().forEach(Node::detach);
    }

    /** Notes what of the metadata the program reads, and takes out the function that used to read it all. */
    private void reads(Node program) {
        Trees.walk(program, node -> {
            if (node.isName() && node.getString().equals("$rt_metadata") && Trees.parent(node).isLet()) {
                node.removeFirstChild();
            }
        });
        Trees.walk(program, node -> {
            if (node.isGetProp() && !Trees.parent(node).isAssign()) {
                read.add(node.getString());
                if (node.getString().equals("modifiers")) {
                    Node mask = node.getNext();
                    modifiers |= Trees.parent(node).getToken() == Token.BITAND && mask != null && mask.isNumber()
                            ? (int) mask.getDouble() : -1;
                }
            }
        });
        for (String each : LEFT_OUT) {
            if (read.contains(each)) {
                throw new IllegalArgumentException("the program asks for a class's " + each + ", which is left out");
            }
        }
    }

    private void write() {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : classes.rows().values()) {
            groups.computeIfAbsent(Trees.text(row.parent()) + Trees.text(row.interfaces()) + modifiers(row),
                    key -> new ArrayList<>())
                    .add(row);
        }
        List<List<Row>> ordered = new ArrayList<>(groups.values());
        // A parent's prototype is made before its children's.
        ordered.sort(Comparator.comparingInt(group -> classes.lineage(group.get(0).type().getString()).size()));
        for (List<Row> group : ordered) {
            Node types = IR.arraylit();
            for (Row row : group) {
                types.addChildToBack(row.type().cloneTree());
                types.addChildToBack(methods(row.methods()));
            }
            Row any = group.get(0);
            Node call = IR.call(IR.name("$$classes"), any.parent().cloneTree(), any.interfaces().cloneTree(), types);
            if (modifiers(any) != 0) {
                call.addChildToBack(IR.number(modifiers(any)));
            }
            add(call);
        }
        Node names = IR.arraylit();
        Node initializers = IR.arraylit();
        for (Row row : classes.rows().values()) {
            if (row.name() != null && row.packageName() != null) {
                names.addChildToBack(row.type().cloneTree());
                names.addChildToBack(row.name());
                names.addChildToBack(row.packageName());
            }
            if (!row.initializer().isNumber()) {
                initializers.addChildToBack(row.type().cloneTree());
                initializers.addChildToBack(row.initializer());
            }
        }
        add(IR.call(IR.name("$$names"), names));
        if (read.contains("clinit")) {
            add(IR.call(IR.name("$$initializers"), initializers));
        }
    }

    private int modifiers(Row row) {
        return (int) row.modifiers().getDouble() & modifiers;
    }

    private static Node methods(Node methods) {
        if (!methods.isArrayLit()) {
            return IR.number(0);
        }
        Node object = IR.objectlit();
        List<Node> cells = Trees.detached(methods);
        for (int i = 0; i < cells.size(); i += 2) {
            Node function = cells.get(i + 1);
            List<Node> names = cells.get(i).isArrayLit() ? Trees.detached(cells.get(i)) : List.of(cells.get(i));
            for (Node name : names) {
                object.addChildToBack(IR.stringKey(name.getString(), function.cloneTree()));
            }
        }
        return object;
    }

    private void add(Node call) {
        IR.exprResult(call).srcrefTree(first).insertBefore(first);
    }
}
