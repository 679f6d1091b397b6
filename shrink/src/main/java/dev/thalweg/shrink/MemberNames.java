package dev.thalweg.shrink;

import com.google.javascript.rhino.Node;
import dev.thalweg.shrink.ClassTable.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives fields and virtual methods short names, the same one to members of classes that have nothing to do with each
 * other.
 */
/*
 * TeaVM gives every field of the program a name of its own. Some thousand names of two or three letters are nearly random
 * to gzip, which then has to spell each. Here a member may share its name with any other as long as no class has both,
 * its own or inherited: colours of a graph, given greedily, the members that are used most first. Two thousand members
 * need some forty names, and the most frequent ones hardly weigh anything.
 *
 * That is sound because compiled code only asks an object for members that its class has. What is not known as a member of
 * classes (what the runtime puts on functions and arrays) counts as a member of all. The browser's names are left alone
 * and never given to a member: Java's are those that begin with a dollar.
 */
final class MemberNames {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, BitSet> owners = new HashMap<>();
    private int next;

    private MemberNames() {}

    /** Renames everywhere. @param methods of each class that has some, by its name */
    static void rename(Node program, ClassTable classes, Map<String, List<String>> methods) {
        MemberNames names = new MemberNames();
        names.count(program);
        names.own(classes, methods);
        Map<String, String> given = names.give(classes.rows().size());
        Trees.walk(program, node -> {
            if (Trees.isMember(node)) {
                node.setString(given.get(node.getString()));
            }
        });
    }

    /** The names of the virtual methods that each class itself has. */
    static Map<String, List<String>> methods(ClassTable classes) {
        Map<String, List<String>> methods = new HashMap<>();
        for (Row row : classes.rows().values()) {
            List<String> names = new ArrayList<>();
            if (row.methods().isArrayLit()) {
                int cell = 0;
                for (Node each : Trees.children(row.methods())) {
                    if (cell++ % 2 == 0) {
                        Trees.walk(each, node -> {
                            if (node.isStringLit()) {
                                names.add(node.getString());
                            }
                        });
                    }
                }
            }
            methods.put(row.type().getString(), names);
        }
        return methods;
    }

    private void count(Node program) {
        Trees.walk(program, node -> {
            if (Trees.isMember(node)) {
                uses.merge(node.getString(), 1, Integer::sum);
            } else if (node.isGetProp() || node.isStringKey() || node.isMemberFunctionDef()) {
                taken.add(node.getString());
            }
        });
    }

    private void own(ClassTable classes, Map<String, List<String>> methods) {
        int number = 0;
        for (String type : classes.rows().keySet()) {
            for (String ancestor : classes.lineage(type)) {
                for (String field : classes.fields(ancestor)) {
                    owners.computeIfAbsent(field, any -> new BitSet()).set(number);
                }
                for (String method : methods.getOrDefault(ancestor, List.of())) {
                    owners.computeIfAbsent(method, any -> new BitSet()).set(number);
                }
            }
            number++;
        }
    }

    private Map<String, String> give(int classes) {
        BitSet all = new BitSet();
        all.set(0, classes);
        List<String> members = new ArrayList<>(uses.keySet());
        members.sort(Comparator.comparing((String member) -> -uses.getOrDefault(member, 0))
                .thenComparing(Comparator.naturalOrder()));
        List<BitSet> used = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        for (String member : members) {
            BitSet owned = owners.getOrDefault(member, all);
            int colour = 0;
            while (colour < used.size() && used.get(colour).intersects(owned)) {
                colour++;
            }
            if (colour == used.size()) {
                used.add(new BitSet());
                names.add(fresh());
            }
            used.get(colour).or(owned);
            given.put(member, names.get(colour));
        }
        return given;
    }

    private String fresh() {
        String name;
        do {
            int number = next++;
            name = number < LETTERS.length() ? String.valueOf(LETTERS.charAt(number))
                    : "" + LETTERS.charAt(number / LETTERS.length() - 1) + LETTERS.charAt(number % LETTERS.length());
        } while (taken.contains(name));
        return name;
    }
}
