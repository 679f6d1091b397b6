package dev.thalweg.shrink;

import com.google.javascript.rhino.IR;
import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins texts in one call where TeaVM, as javac, appends to a builder: {@code v = jl_StringBuilder__init_();
 * append(append(v, a), b); f(toString(v))} becomes {@code v = $$text(a, b); f(v)}.
 */
/*
 * Only a variable is rewritten that in its whole function is a builder in just this form: every builder put into it gets
 * one chain of calls and is asked once for its text, and between these nobody else sees it. What appends are there, and
 * what each takes, is read from their own code, since TeaVM numbers overloads anew in each program.
 */
final class Concatenations {
    private static final String BUILDER = "jl_StringBuilder__init_";

    /** What an append takes: something with a text, or the number of a character. */
    private enum Kind {
        TEXT, CHARACTER
    }

    /** A place: the three expressions. */
    private record Place(Node made, Node chain, Node text) {}

    private final Map<String, Kind> appends = new HashMap<>();

    private Concatenations() {}

    static void rewrite(Node program) {
        Concatenations pass = new Concatenations();
        Trees.walk(program, node -> {
            if (node.isName() && node.getString().startsWith("jl_StringBuilder_append") && node.hasOneChild()
                    && Trees.first(node).isFunction()) {
                Kind kind = kind(Trees.first(node));
                if (kind != null) {
                    pass.appends.put(node.getString(), kind);
                }
            }
        });
        List<Node> functions = new ArrayList<>();
        Trees.walk(program, node -> {
            if (node.isFunction()) {
                functions.add(node);
            }
        });
        functions.forEach(pass::function);
    }

    /*
     * Appends name what they take. Of those that take a value, whole numbers are known by how they begin: with the radix
     * 10, or with the sign of a long. Java writes the others in another way than JavaScript.
     */
    private static @Nullable Kind kind(Node function) {
        List<Node> parameters = Trees.children(Trees.children(function).get(1));
        if (parameters.size() != 2) {
            return null;
        }
        String what = parameters.get(1).getString();
        return switch (what) {
            case "$obj", "$string" -> Kind.TEXT;
            case "$c" -> Kind.CHARACTER;
            case "$value" -> whole(Trees.last(function), what) ? Kind.TEXT : null;
            default -> null;
        };
    }

    private static boolean whole(Node body, String value) {
        boolean[] found = new boolean[1];
        Trees.walk(body, node -> {
            if (Trees.calls(node, "jl_AbstractStringBuilder_append") && Trees.last(node).isNumber()
                    || Trees.calls(node, "Long_lt") && Trees.isName(Trees.children(node).get(1), value)) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private void function(Node function) {
        List<Node> names = new ArrayList<>();
        Set<String> captured = new HashSet<>();
        names(Trees.last(function), names, captured, false);
        Map<String, List<Node>> byName = new HashMap<>();
        for (Node name : names) {
            byName.computeIfAbsent(name.getString(), any -> new ArrayList<>()).add(name);
        }
        byName.forEach((name, uses) -> {
            if (!captured.contains(name)) {
                places(uses).forEach(this::replace);
            }
        });
    }

    /* All variables in the order of the program, without those of functions inside. */
    private static void names(Node node, List<Node> names, Set<String> captured, boolean inside) {
        if (node.isName()) {
            if (inside) {
                captured.add(node.getString());
            } else {
                names.add(node);
            }
        }
        for (Node child : Trees.children(node)) {
            names(child, names, captured, inside || node.isFunction());
        }
    }

    /* Those of a variable, none when it is a builder in another form anywhere. */
    private List<Place> places(List<Node> uses) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            Node made = made(uses.get(i));
            if (made != null) {
                Node chain = i + 2 < uses.size() ? chain(uses.get(i + 1)) : null;
                Node text = i + 2 < uses.size() ? text(uses.get(i + 2)) : null;
                if (chain == null || text == null || Trees.parent(made) != Trees.parent(chain)) {
                    return List.of();
                }
                places.add(new Place(made, chain, text));
                i += 2;
            } else if (appended(uses.get(i)) || text(uses.get(i)) != null) {
                return List.of();
            }
        }
        return places;
    }

    private static @Nullable Node made(Node use) {
        Node assign = Trees.parent(use);
        return assign.isAssign() && Trees.first(assign) == use && Trees.calls(Trees.last(assign), BUILDER)
                && Trees.parent(assign).isExprResult() ? Trees.parent(assign) : null;
    }

    private static boolean appended(Node use) {
        Node call = Trees.parent(use);
        return call.isCall() && Trees.first(call).isName() && Trees.first(call) != use
                && Trees.first(call).getString().startsWith("jl_StringBuilder_");
    }

    /* The statement that appends to a builder again and again, each append to what the one before gives back. */
    private @Nullable Node chain(Node use) {
        Node at = use;
        while (Trees.parent(at).isCall() && Trees.parent(at).getSecondChild() == at
                && Trees.first(Trees.parent(at)).isName()
                && appends.containsKey(Trees.first(Trees.parent(at)).getString())) {
            at = Trees.parent(at);
        }
        return at != use && Trees.parent(at).isExprResult() ? Trees.parent(at) : null;
    }

    private static @Nullable Node text(Node use) {
        Node call = Trees.parent(use);
        return call.hasTwoChildren() && Trees.last(call) == use && (Trees.calls(call, "jl_StringBuilder_toString")
                || Trees.calls(call, "jl_AbstractStringBuilder_toString")) ? call : null;
    }

    private void replace(Place place) {
        List<Node> parts = new ArrayList<>();
        Node at = Trees.first(place.chain);
        while (at.isCall()) {
            Node part = Trees.last(at).detach();
            Kind kind = appends.get(Trees.first(at).getString());
            parts.add(0, kind == Kind.TEXT ? part
                    : part.isNumber() ? IR.string(String.valueOf((char) part.getDouble()))
                            : IR.call(IR.getprop(IR.name("String"), "fromCharCode"), part));
            at = Trees.last(at);
        }
        Node text = IR.call(IR.name("$$text"));
        parts.forEach(text::addChildToBack);
        String variable = at.getString();
        place.made.detach();
        place.chain.replaceWith(IR.exprResult(IR.assign(IR.name(variable), text)));
        place.text.replaceWith(IR.name(variable));
    }
}
