package dev.thalweg.shrink;

import com.google.javascript.rhino.IR;
import com.google.javascript.rhino.Node;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks a string up in a list where TeaVM, as javac, asks for its hash and then for the string itself.
 *
 * <p>
 * A switch over strings comes as two: the first one finds out the number of the string, the second is over that number.
 * Hashes are long and random, so the first one is written as a search: {@code v = $$index(text, 12, 7)} says that the
 * string 12 of the program's strings has the number 0. What is not in the list has -1 in both forms.
 */
final class StringSwitches {
    private StringSwitches() {}

    static void rewrite(Node program) {
        Trees.walk(program, node -> {
            if (node.isSwitch() && Trees.calls(Trees.first(node), "jl_String_hashCode")) {
                rewriteOne(node);
            }
        });
    }

    private static void rewriteOne(Node node) {
        Node text = Trees.last(Trees.first(node));
        Node block = Trees.parent(node);
        Node labelled = Trees.parent(block);
        if (!text.isName() || !labelled.isLabel() || node.getNext() != null) {
            return;
        }
        String label = Trees.first(labelled).getString();
        TreeMap<Integer, Node> strings = new TreeMap<>();
        String number = null;
        List<Node> cases = Trees.children(node);
        for (Node each : cases.subList(1, cases.size())) {
            List<Node> statements = Trees.children(Trees.last(each));
            if (each.isDefaultCase() && statements.isEmpty()) {
                continue;
            }
            if (!each.isCase() || statements.size() != 3 || !breaks(statements.get(2), label)) {
                return;
            }
            Node string = string(statements.get(0), text, label);
            Node found = Trees.first(statements.get(1));
            if (string == null || !found.isAssign() || !Trees.first(found).isName()
                    || !Trees.last(found).isNumber()) {
                return;
            }
            String variable = Trees.first(found).getString();
            if (number != null && !number.equals(variable)
                    || strings.put((int) Trees.last(found).getDouble(), string) != null) {
                return;
            }
            number = variable;
        }
        if (number == null || strings.firstKey() != 0 || strings.lastKey() != strings.size() - 1) {
            return;
        }
        Node search = IR.call(IR.name("$$index"), text.cloneTree());
        strings.values().forEach(string -> search.addChildToBack(string.cloneTree()));
        node.replaceWith(IR.exprResult(IR.assign(IR.name(number), search)));
    }

    /* if (!jl_String_equals(text, $rt_s(12))) break label; */
    private static @Nullable Node string(Node statement, Node text, String label) {
        if (!statement.isIf() || statement.getChildCount() != 2 || !Trees.first(statement).isNot()
                || !breaks(Trees.first(Trees.last(statement)), label)) {
            return null;
        }
        Node equals = Trees.first(Trees.first(statement));
        if (!Trees.calls(equals, "jl_String_equals") || equals.getChildCount() != 3) {
            return null;
        }
        Node same = equals.getChildAtIndex(1);
        Node string = equals.getChildAtIndex(2);
        return same.isName() && same.getString().equals(text.getString()) && Trees.calls(string, "$rt_s")
                ? Trees.last(string)
                : null;
    }

    private static boolean breaks(Node statement, String label) {
        return statement.isBreak() && statement.hasChildren() && Trees.first(statement).getString().equals(label);
    }
}
