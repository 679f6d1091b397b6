package dev.thalweg.shrink;

import com.google.javascript.rhino.Node;
import com.google.javascript.rhino.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts functions that are alike side by side, at the beginning of the program. */
/*
 * gzip finds what is alike only in the last 32 kB, and spells the shorter the nearer it is. Constructors and small
 * functions (what reads a field, calls a constructor, hands on to another function) are alike all over the program, so
 * they are put in order of their shape; larger ones stay among those they belong to. That is sound because a function
 * that is a statement is there before anything runs, and an arrow function that is put before everything else is there
 * only earlier than it was.
 */
final class Declarations {
    /** Functions of up to so many nodes are small; larger ones have more in common with their neighbours. */
    private static final int SMALL = 40;

    private Declarations() {}

    static void rewrite(Node program) {
        for (Node script : Trees.children(program)) {
            List<Node> constructors = new ArrayList<>();
            List<Node> small = new ArrayList<>();
            for (Node statement : Trees.children(script)) {
                if (statement.isFunction()) {
                    constructors.add(statement.detach());
                } else if (statement.isLet()) {
                    take(statement, small);
                }
            }
            join(script);
            constructors.sort(Comparator.comparing(function -> Trees.text(Trees.last(function))));
            small.sort(Comparator.comparing(Declarations::shape));
            if (!small.isEmpty()) {
                Node let = new Node(Token.LET);
                small.forEach(let::addChildToBack);
                script.addChildToFront(let);
            }
            for (int i = constructors.size() - 1; i >= 0; i--) {
                script.addChildToFront(constructors.get(i));
            }
        }
    }

    private static void take(Node let, List<Node> small) {
        for (Node name : Trees.children(let)) {
            if (name.hasOneChild() && Trees.first(name).isArrowFunction() && size(name) <= SMALL) {
                small.add(name.detach());
            }
        }
        if (!let.hasChildren()) {
            let.detach();
        }
    }

    /* Declarations that only functions stood between. */
    private static void join(Node script) {
        for (Node statement : Trees.children(script)) {
            Node before = statement.getPrevious();
            if (statement.isLet() && before != null && before.isLet()) {
                Trees.detached(statement).forEach(before::addChildToBack);
                statement.detach();
            }
        }
    }

    private static int size(Node tree) {
        int[] nodes = new int[1];
        Trees.walk(tree, node -> nodes[0]++);
        return nodes[0];
    }

    private static String shape(Node tree) {
        StringBuilder shape = new StringBuilder();
        Trees.walk(tree, node -> shape.append(node.getToken()).append(' '));
        return shape.toString();
    }
}
