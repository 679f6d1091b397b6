package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.Affinity;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextCursor;
import dev.thalweg.eventgraph.TextMark;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The text that a history must come to, worked out with no thought of speed: FugueMax as its paper defines it, a tree of
 * characters, and for each event the set of all events that its author had seen.
 *
 * <p>It shares no idea with the engine but the definition, so that both being wrong alike is unlikely.
 */
public final class FugueText {
    /** A character that was ever inserted; the root is none. */
    private static final class Node {
        final int event;
        final char unit;
        final @Nullable Node rightOrigin;
        final List<Node> left = new ArrayList<>();
        final List<Node> right = new ArrayList<>();
        /* Events that deleted it. */
        final Set<Integer> deletions = new HashSet<>();

        Node(int event, char unit, @Nullable Node rightOrigin) {
            this.event = event;
            this.unit = unit;
            this.rightOrigin = rightOrigin;
        }
    }

    private final Node root = new Node(-1, ' ', null);
    private final Map<EventId, Integer> numbers = new HashMap<>();
    private final List<EventId> names = new ArrayList<>();
    /* By event: what its author had seen, and itself. */
    private final List<BitSet> seen = new ArrayList<>();

    /* By event. */
    private final Map<Integer, TextMark> marks = new HashMap<>();
    /* By event: one more than the latest that its author had seen. */
    private final List<Integer> times = new ArrayList<>();

    /** Takes in events whose causes are here. Those that are here already are passed over. */
    public void add(TextRun run) {
        BitSet version = new BitSet();
        for (EventId parent : run.parents()) {
            Integer number = numbers.get(parent);
            if (number == null) {
                throw new IllegalArgumentException("no event " + parent);
            }
            version.or(seen.get(number));
        }
        int sequence = run.first().sequence();
        for (TextOperation operation : run.operations()) {
            for (int i = 0; i < operation.length(); i++) {
                EventId id = new EventId(run.first().agent(), sequence++);
                Integer known = numbers.get(id);
                if (known != null) {
                    version = (BitSet) seen.get(known).clone();
                    continue;
                }
                int event = names.size();
                numbers.put(id, event);
                names.add(id);
                apply(operation, i, event, version);
                times.add(1 + version.stream().map(times::get).max().orElse(0));
                version.set(event);
                seen.add((BitSet) version.clone());
            }
        }
    }

    private void apply(TextOperation operation, int done, int event, BitSet version) {
        List<Node> nodes = nodes();
        switch (operation) {
            case TextOperation.Insert insert ->
                    insert(nodes, insert.position() + done, insert.text().charAt(done), event, version);
            case TextOperation.Delete delete -> visible(nodes, delete.position(), version).deletions.add(event);
            case TextOperation.Mark mark -> marks.put(event, mark.mark());
        }
    }

    private void insert(List<Node> nodes, int position, char unit, int event, BitSet version) {
        Node leftOrigin = position == 0 ? root : visible(nodes, position - 1, version);
        Node rightOrigin = null;
        for (int i = nodes.indexOf(leftOrigin) + 1; i < nodes.size() && rightOrigin == null; i++) {
            if (version.get(nodes.get(i).event)) {
                rightOrigin = nodes.get(i);
            }
        }
        Node node = new Node(event, unit, rightOrigin);
        if (rightOrigin != null && isBelow(rightOrigin, leftOrigin)) {
            rightOrigin.left.add(node);
            rightOrigin.left.sort(this::byName);
        } else {
            leftOrigin.right.add(node);
            leftOrigin.right.sort(Comparator.<Node>comparingInt(
                    each -> each.rightOrigin == null ? Integer.MIN_VALUE : -nodes.indexOf(each.rightOrigin))
                    .thenComparing(this::byName));
        }
    }

    private int byName(Node a, Node b) {
        return names.get(a.event).compareTo(names.get(b.event));
    }

    private static boolean isBelow(Node node, Node top) {
        List<Node> open = new ArrayList<>(top.right);
        while (!open.isEmpty()) {
            Node next = open.remove(open.size() - 1);
            if (next == node) {
                return true;
            }
            open.addAll(next.left);
            open.addAll(next.right);
        }
        return false;
    }

    private static Node visible(List<Node> nodes, int position, BitSet version) {
        int left = position;
        for (Node node : nodes) {
            if (node.event >= 0 && version.get(node.event) && node.deletions.stream().noneMatch(version::get)
                    && left-- == 0) {
                return node;
            }
        }
        throw new IllegalArgumentException("there is no position " + position);
    }

    /* In order, the root included. */
    private List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        collect(root, nodes);
        return nodes;
    }

    private static void collect(Node node, List<Node> into) {
        for (Node child : node.left) {
            collect(child, into);
        }
        into.add(node);
        for (Node child : node.right) {
            collect(child, into);
        }
    }

    /** The events that put units in, in the order of the units. @param deleted whether to name those of deleted units, too */
    public List<EventId> units(boolean deleted) {
        List<EventId> units = new ArrayList<>();
        for (Node node : nodes()) {
            if (node.event >= 0 && (deleted || node.deletions.isEmpty())) {
                units.add(names.get(node.event));
            }
        }
        return units;
    }

    /** The properties of each unit that is there: by name, the value of the latest mark that is on it, unless that is null. */
    public List<Map<String, JsonValue>> properties() {
        List<EventId> all = units(true);
        Set<EventId> visible = new HashSet<>(units(false));
        List<Map<String, JsonValue>> properties = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (visible.contains(all.get(i))) {
                properties.add(properties(i, all));
            }
        }
        return properties;
    }

    private Map<String, JsonValue> properties(int unit, List<EventId> all) {
        Map<String, Integer> latest = new TreeMap<>();
        marks.forEach((event, mark) -> {
            if (place(mark.start(), all) <= 2 * unit && place(mark.end(), all) > 2 * unit) {
                latest.merge(mark.name(), event, (a, b) -> isLater(a, b) ? a : b);
            }
        });
        Map<String, JsonValue> properties = new TreeMap<>();
        latest.forEach((name, event) -> {
            TextMark mark = marks.get(event);
            if (mark != null && mark.value() != JsonNull.NULL) {
                properties.put(name, mark.value());
            }
        });
        return properties;
    }

    /* Before a unit is twice its number, behind it one more. */
    private static int place(TextCursor place, List<EventId> all) {
        EventId unit = place.unit();
        boolean behind = place.affinity() == Affinity.BEFORE;
        return unit != null ? 2 * all.indexOf(unit) + (behind ? 1 : 0) : behind ? -1 : Integer.MAX_VALUE;
    }

    private boolean isLater(int a, int b) {
        int byTime = Integer.compare(times.get(a), times.get(b));
        return byTime != 0 ? byTime > 0 : names.get(a).compareTo(names.get(b)) > 0;
    }

    /** The text with everything taken in. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes()) {
            if (node.event >= 0 && node.deletions.isEmpty()) {
                text.append(node.unit);
            }
        }
        return text.toString();
    }
}
