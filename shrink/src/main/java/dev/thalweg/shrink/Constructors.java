package dev.thalweg.shrink;

import com.google.javascript.rhino.IR;
import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes constructor functions with one chain of assignments for each first value that fields have. */
final class Constructors {
    private Constructors() {}

    static void rewrite(ClassTable classes) {
        classes.constructors().forEach((type, function) -> {
            if (!type.equals(ClassTable.OBJECT) && Trees.last(function).hasChildren()) {
                Node body = Trees.last(function);
                body.replaceWith(body(classes, type, function).srcrefTree(body));
            }
        });
    }

    private static Node body(ClassTable classes, String type, Node function) {
        Node body = IR.block();
        List<String> ancestors = classes.lineage(type);
        // The root's one field lies on its prototype, see ClassRows.
        for (int i = 1; i < ancestors.size() - 1; i++) {
            if (!classes.fields(ancestors.get(i)).isEmpty()) {
                body.addChildToBack(
                        IR.exprResult(IR.call(IR.getprop(IR.name(ancestors.get(i)), "call"), IR.thisNode())));
                break;
            }
        }
        Map<String, List<Node>> byValue = new LinkedHashMap<>();
        for (Node assignment : ClassTable.assignments(function)) {
            byValue.computeIfAbsent(Trees.text(Trees.last(assignment)), value -> new ArrayList<>()).add(assignment);
        }
        for (List<Node> alike : byValue.values()) {
            Node chain = Trees.last(alike.get(0)).cloneTree();
            for (int i = alike.size() - 1; i >= 0; i--) {
                chain = IR.assign(IR.getprop(IR.thisNode(), Trees.first(alike.get(i)).getString()), chain);
            }
            body.addChildToBack(IR.exprResult(chain));
        }
        return body;
    }
}
