package dev.thalweg.dds.directory;

import dev.thalweg.dds.KeyedValues;
import dev.thalweg.dds.Listeners;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One directory: its values, the subdirectories that were sequenced, and what this client has pending for the names of
 * subdirectories.
 */
/*
 * Of a name, pending creations and deletions take turns, since neither is made when it would do nothing. The last one
 * decides what a reader sees. A creation brings its node along, so that there is something to write into at once. When
 * the first of them is a creation and some directory of that name is sequenced, that is the creation's node: whoever
 * came first, both meant the same directory. So a sequenced node is either what the first pending creation made, or
 * waits under a pending deletion.
 *
 * A node that is deleted on the line while its creation is pending here is `gone` and not seen, as in the reference,
 * until the creation is sequenced, sent again or repeated. It keeps what is pending in it.
 */
final class DirectoryNode implements KeyedValues.Wording<DirectoryEvent> {
    /** Stands in {@link #createdAt} of a node that is not sequenced. */
    static final int NOT_SEQUENCED = -1;
    /** The creator of what was made while nobody else could see it. */
    static final String DETACHED = "detached";

    /** Something pending for the name of a subdirectory. */
    sealed interface Change {}

    record Creation(DirectoryNode node) implements Change {}

    record Deletion() implements Change {}

    final @Nullable DirectoryNode parent;
    final String name;
    final String path;
    final KeyedValues<DirectoryEvent> values = new KeyedValues<>(this);
    /** What was sequenced, in the order in which it was. */
    final Map<String, DirectoryNode> children = new LinkedHashMap<>();
    /** Who created it, as far as that has been sequenced. */
    final Set<String> creators = new LinkedHashSet<>();
    int createdAt = NOT_SEQUENCED;
    boolean gone;
    private final Map<String, ArrayDeque<Change>> changes = new LinkedHashMap<>();
    private final DirectoryKernel kernel;
    private int place;
    private int places;
    private @Nullable Directory handle;
    private @Nullable Listeners<DirectoryEvent> listeners;

    /** @param parent null for the root, which is always there */
    DirectoryNode(DirectoryKernel kernel, @Nullable DirectoryNode parent, String name) {
        this.kernel = kernel;
        this.parent = parent;
        this.name = name;
        this.path = parent == null ? Paths.ROOT : Paths.join(parent.path, name);
        this.createdAt = parent == null ? 0 : NOT_SEQUENCED;
        this.place = parent == null ? 0 : ++parent.places;
    }

    /** What applications hold of it. */
    Directory handle() {
        Directory known = handle;
        if (known == null) {
            known = new SubDirectory(kernel, this);
            handle = known;
        }
        return known;
    }

    void handle(Directory root) {
        handle = root;
    }

    Listeners<DirectoryEvent> listeners() {
        Listeners<DirectoryEvent> known = listeners;
        if (known == null) {
            known = new Listeners<>();
            listeners = known;
        }
        return known;
    }

    void tell(DirectoryEvent event) {
        if (listeners != null) {
            listeners.tell(event);
        }
    }

    /** The subdirectory a reader sees, or null. */
    @Nullable
    DirectoryNode visible(String name) {
        DirectoryNode node = latest(name);
        return node == null || node.gone ? null : node;
    }

    /** The same, also when it is gone and waits for its creation. */
    @Nullable
    DirectoryNode latest(String name) {
        ArrayDeque<Change> pending = changes.get(name);
        if (pending == null) {
            return children.get(name);
        }
        return pending.getLast() instanceof Creation creation ? creation.node : null;
    }

    /** The node to which a sequenced creation of a name gives a place, or null for a new one. */
    @Nullable
    DirectoryNode awaited(String name) {
        ArrayDeque<Change> pending = changes.get(name);
        return pending != null && pending.getFirst() instanceof Creation creation ? creation.node : null;
    }

    boolean names(String name) {
        return changes.containsKey(name);
    }

    /** Whether a deletion of the name is pending. They take turns with creations, so one look is enough. */
    boolean deletes(String name) {
        ArrayDeque<Change> pending = changes.get(name);
        return pending != null && (pending.size() > 1 || pending.getFirst() instanceof Deletion);
    }

    void add(String name, Change change) {
        ArrayDeque<Change> pending = changes.get(name);
        if (pending == null) {
            pending = new ArrayDeque<>(2);
            changes.put(name, pending);
        }
        pending.addLast(change);
    }

    Change takeFirst(String name) {
        ArrayDeque<Change> pending = due(name);
        Change change = pending.removeFirst();
        forgetIfEmpty(name, pending);
        return change;
    }

    Change takeLast(String name) {
        ArrayDeque<Change> pending = due(name);
        Change change = pending.removeLast();
        forgetIfEmpty(name, pending);
        return change;
    }

    /** Visits the subdirectories a reader sees: sequenced ones in that order, then the others as they were made. */
    void visitVisible(BiConsumer<? super String, ? super DirectoryNode> visitor) {
        children.forEach((child, node) -> {
            if (visible(child) == node) {
                visitor.accept(child, node);
            }
        });
        if (changes.isEmpty()) {
            return;
        }
        List<DirectoryNode> unsequenced = new ArrayList<>();
        for (String child : changes.keySet()) {
            DirectoryNode node = visible(child);
            if (node != null && children.get(child) != node) {
                unsequenced.add(node);
            }
        }
        unsequenced.sort((a, b) -> Integer.compare(a.place, b.place));
        unsequenced.forEach(node -> visitor.accept(node.name, node));
    }

    /** Visits everything directly below, seen or not. */
    void visitAll(BiConsumer<? super String, ? super DirectoryNode> visitor) {
        children.forEach(visitor);
        changes.forEach((child, pending) -> {
            for (Change change : pending) {
                if (change instanceof Creation creation && children.get(child) != creation.node) {
                    visitor.accept(child, creation.node);
                }
            }
        });
    }

    /** What a reader finds at its path, which may be another one by now, or null. */
    @Nullable
    DirectoryNode shown() {
        if (parent == null) {
            return this;
        }
        DirectoryNode above = parent.shown();
        return above == null ? null : above.visible(name);
    }

    /** Whether a reader can come to it from the root. */
    boolean reachable() {
        return shown() == this;
    }

    /** Whether it, or one above it, is gone, so that nothing sent to it could arrive. */
    boolean lost() {
        for (DirectoryNode node = this; node != null; node = node.parent) {
            if (node.gone) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a sequenced operation means this directory and not one of the same path before it: its sender created it,
     * or knew of it.
     */
    boolean means(OperationContext context) {
        return createdAt <= context.referenceSequenceNumber() || creators.contains(context.clientId())
                || creators.contains(DETACHED);
    }

    /** Forgets everything sequenced, here and below, and keeps what is pending. */
    void lose() {
        visitAll((child, node) -> node.lose());
        gone = true;
        createdAt = NOT_SEQUENCED;
        place = NOT_SEQUENCED;
        creators.clear();
        children.clear();
        values.forgetSequenced();
    }

    /** Shows it again, and what is to be created below. */
    void revive() {
        gone = false;
        for (String child : changes.keySet()) {
            DirectoryNode node = latest(child);
            if (node != null && node.gone) {
                node.revive();
            }
        }
    }

    @Override
    public DirectoryEvent changed(String key, @Nullable JsonValue previous, boolean local) {
        return new DirectoryEvent.ValueChanged(handle(), key, previous, local);
    }

    @Override
    public DirectoryEvent cleared(boolean local) {
        return new DirectoryEvent.Cleared(handle(), local);
    }

    @Override
    public boolean namesCleared() {
        return false;
    }

    /** Counts what is pending here and throws an {@link IllegalStateException} when the parts disagree. For tests. */
    void check() {
        values.check();
        changes.forEach((child, pending) -> {
            if (pending.isEmpty()) {
                throw new IllegalStateException("nothing pending for " + child + " in " + path);
            }
            Change before = null;
            for (Change change : pending) {
                if (before != null && before instanceof Creation == change instanceof Creation) {
                    throw new IllegalStateException("the same pending twice for " + child + " in " + path);
                }
                before = change;
            }
            DirectoryNode sequenced = children.get(child);
            if (sequenced != null && pending.getFirst() instanceof Creation creation && creation.node != sequenced) {
                throw new IllegalStateException("a creation of " + child + " in " + path + " has lost its directory");
            }
        });
        children.forEach((child, node) -> {
            if (node.gone || node.createdAt == NOT_SEQUENCED || node.parent != this || !node.name.equals(child)) {
                throw new IllegalStateException(child + " is sequenced in " + path + " and should not be");
            }
        });
        visitAll((child, node) -> node.check());
    }

    private ArrayDeque<Change> due(String name) {
        ArrayDeque<Change> pending = changes.get(name);
        if (pending == null) {
            throw new IllegalStateException("nothing is pending for " + name + " in " + path);
        }
        return pending;
    }

    private void forgetIfEmpty(String name, ArrayDeque<Change> pending) {
        if (pending.isEmpty()) {
            changes.remove(name);
        }
    }
}
