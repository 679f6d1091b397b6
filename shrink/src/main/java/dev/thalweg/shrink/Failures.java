package dev.thalweg.shrink;

import com.google.javascript.rhino.IR;
import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes and throws an exception in one call where TeaVM takes three statements: {@code v = new C; init(v, message);
 * $rt_throw(v)} becomes {@code $$fail0(message)}, with a function for each kind of exception that is thrown in several
 * places.
 */
final class Failures {
    /** A function of its own is worth it from so many places on. */
    private static final int PLACES = 3;

    /** A place: the three statements. */
    private record Place(Node made, Node initialized, Node thrown) {}

    private Failures() {}

    static void rewrite(Node program) {
        Map<String, List<Place>> kinds = new TreeMap<>();
        Trees.walk(program, node -> {
            Place place = place(node);
            if (place != null) {
                Node call = Trees.first(place.initialized);
                String kind = Trees.first(Trees.last(Trees.first(place.made))).getString() + " "
                        + Trees.first(call).getString() + " " + call.getChildCount();
                kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add(place);
            }
        });
        int number = 0;
        for (List<Place> places : kinds.values()) {
            if (places.size() >= PLACES) {
                String name = "$$fail" + number++;
                Trees.last(program).addChildToBack(function(name, places.get(0)));
                places.forEach(place -> replace(place, name));
            }
        }
    }

    private static @Nullable Place place(Node thrown) {
        String variable = argument(thrown, "$rt_throw");
        Node initialized = thrown.getPrevious();
        if (variable == null || initialized == null || !initialized.isExprResult()) {
            return null;
        }
        Node call = Trees.first(initialized);
        if (!call.isCall() || !Trees.first(call).isName() || call.getChildCount() < 2
                || !Trees.isName(call.getChildAtIndex(1), variable)
                || Trees.count(initialized, variable) != 1) {
            return null;
        }
        Node made = initialized.getPrevious();
        while (made != null && Trees.count(made, variable) == 0) {
            made = made.getPrevious();
        }
        if (made == null || !made.isExprResult() || Trees.count(made, variable) != 1) {
            return null;
        }
        Node assign = Trees.first(made);
        return assign.isAssign() && Trees.isName(Trees.first(assign), variable) && Trees.last(assign).isNew()
                && Trees.last(assign).hasOneChild() && Trees.first(Trees.last(assign)).isName()
                        ? new Place(made, initialized, thrown)
                        : null;
    }

    /* The one variable that a statement hands to a function, or null when it is not such a statement. */
    private static @Nullable String argument(Node statement, String function) {
        if (!statement.isExprResult() || !Trees.calls(Trees.first(statement), function)) {
            return null;
        }
        Node argument = Trees.last(Trees.first(statement));
        return argument.isName() ? argument.getString() : null;
    }

    private static Node function(String name, Place place) {
        Node call = Trees.first(place.initialized);
        Node parameters = IR.paramList();
        Node initialize = IR.call(Trees.first(call).cloneNode(), IR.name("$$failure"));
        for (int i = 2; i < call.getChildCount(); i++) {
            parameters.addChildToBack(IR.name("$$part" + i));
            initialize.addChildToBack(IR.name("$$part" + i));
        }
        return IR.function(IR.name(name), parameters,
                IR.block(IR.let(IR.name("$$failure"), Trees.last(Trees.first(place.made)).cloneTree()),
                        IR.exprResult(initialize),
                        IR.exprResult(IR.call(IR.name("$rt_throw"), IR.name("$$failure")))));
    }

    private static void replace(Place place, String function) {
        Node call = Trees.first(place.initialized);
        Node failure = IR.call(IR.name(function));
        for (Node argument : Trees.children(call).subList(2, call.getChildCount())) {
            failure.addChildToBack(argument.detach());
        }
        place.made.detach();
        place.initialized.detach();
        place.thrown.replaceWith(IR.exprResult(failure));
    }
}
