package dev.thalweg.shrink;

import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What all passes do with syntax trees. */
final class Trees {
    private Trees() {}

    /** Shows a node and all below it, parents first. The node that is shown may be replaced or taken out. */
    static void walk(Node node, Consumer<Node> visitor) {
        visitor.accept(node);
        Node child = node.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            walk(child, visitor);
            child = next;
        }
    }

    /** The first child of a node that has one. */
    static Node first(Node node) {
        return Objects.requireNonNull(node.getFirstChild());
    }

    /** The last child of a node that has one. */
    static Node last(Node node) {
        return Objects.requireNonNull(node.getLastChild());
    }

    /** The parent of a node inside a tree. */
    static Node parent(Node node) {
        return Objects.requireNonNull(node.getParent());
    }

    /** Takes all children out. */
    static List<Node> detached(Node parent) {
        List<Node> children = children(parent);
        children.forEach(Node::detach);
        return children;
    }

    /** All children. */
    static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /** Whether it calls a function of this name. */
    static boolean calls(Node node, String function) {
        return node.isCall() && first(node).isName() && first(node).getString().equals(function);
    }

    /** Whether it is a variable of this name. */
    static boolean isName(Node node, String name) {
        return node.isName() && node.getString().equals(name);
    }

    /** How often a variable stands in a tree. */
    static int count(Node node, String name) {
        int[] count = new int[1];
        walk(node, each -> {
            if (isName(each, name)) {
                count[0]++;
            }
        });
        return count[0];
    }

    /** Whether it has the name of a Java field or method; the browser's own have no dollar. */
    static boolean isMember(Node node) {
        return (node.isGetProp() || node.isStringKey()) && node.getString().startsWith("$");
    }

    /** A text that two trees share when they say the same, wherever they are. */
    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        walk(node, each -> {
            text.append(each.getToken()).append(' ');
            if (each.isNumber()) {
                text.append(each.getDouble()).append(' ');
            } else if (each.isBigInt()) {
                text.append(each.getBigInt()).append(' ');
            } else if (each.isName() || each.isStringLit() || each.isGetProp()) {
                text.append(each.getString()).append(' ');
            }
            text.append(each.getChildCount()).append(' ');
        });
        return text.toString();
    }
}
