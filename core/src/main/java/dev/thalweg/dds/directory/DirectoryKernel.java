package dev.thalweg.dds.directory;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.KeyedOperation;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.directory.DirectoryEvent.Disposed;
import dev.thalweg.dds.directory.DirectoryEvent.SubDirectoryCreated;
import dev.thalweg.dds.directory.DirectoryEvent.SubDirectoryDeleted;
import dev.thalweg.dds.directory.DirectoryEvent.Undisposed;
import dev.thalweg.dds.directory.DirectoryEvent.ValueKept;
import dev.thalweg.dds.directory.DirectoryOperation.Clear;
import dev.thalweg.dds.directory.DirectoryOperation.CreateSubDirectory;
import dev.thalweg.dds.directory.DirectoryOperation.Delete;
import dev.thalweg.dds.directory.DirectoryOperation.DeleteSubDirectory;
import dev.thalweg.dds.directory.DirectoryOperation.Set;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A directory tree without the world around it. */
/*
 * An operation names a path, and directories of one path come and go. What a sequenced operation does follows from the
 * line alone, so that all replicas agree: it is done in the sequenced directory of that path, if its sender created that
 * very directory or had seen it come (`DirectoryNode.means`); otherwise it was meant for an earlier one and does nothing.
 *
 * The reference also asks whether the directory is the very object this client wrote into, and lets a client count among
 * the creators of what it only looked up. Both make replicas see one line differently; docs/decisions has the cases. Here
 * the object decides only where an own operation stops being pending.
 */
final class DirectoryKernel implements Kernel<DirectoryOperation, DirectoryEvent> {
    /** An own operation and the directory it was made in. */
    private record Pending(DirectoryOperation operation, DirectoryNode node) {}

    private final DirectoryNode root = new DirectoryNode(this, null, "");
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private List<DirectoryEvent> untold = new ArrayList<>();
    private @Nullable SharedDirectory channel;
    private @Nullable DirectoryNode prepared;

    DirectoryNode root() {
        return root;
    }

    /** Puts the kernel into its channel. Done once, before anything else. */
    void bind(SharedDirectory channel) {
        this.channel = channel;
        root.handle(channel);
    }

    SharedDirectory channel() {
        if (channel == null) {
            throw new IllegalStateException("the directory is in no channel");
        }
        return channel;
    }

    /** The node that the next creation of this name brings. */
    DirectoryNode prepare(DirectoryNode parent, String name) {
        DirectoryNode node = new DirectoryNode(this, parent, name);
        prepared = node;
        return node;
    }

    /** What a reader sees at a path, or null. */
    @Nullable
    DirectoryNode visibleAt(String path) {
        DirectoryNode node = root;
        for (String name : Paths.names(path)) {
            node = node.visible(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    @Override
    public DirectoryOperation read(JsonValue contents) throws ProtocolException {
        return DirectoryOperation.read(contents);
    }

    @Override
    public List<DirectoryEvent> detached(DirectoryOperation operation) {
        DirectoryNode node = requireVisible(operation);
        return switch (operation) {
            case Set set -> node.values.detached(set);
            case Delete delete -> node.values.detached(delete);
            case Clear clear -> node.values.detached(clear);
            case CreateSubDirectory create -> {
                DirectoryNode made = made(node, create.name());
                place(node, made, 0, DirectoryNode.DETACHED);
                yield List.of(new SubDirectoryCreated(made.handle(), true));
            }
            case DeleteSubDirectory delete -> {
                DirectoryNode child = node.children.remove(delete.name());
                yield child == null ? List.of() : deleted(child, true, child::lose);
            }
        };
    }

    @Override
    public List<DirectoryEvent> local(DirectoryOperation operation) {
        DirectoryNode node = requireVisible(operation);
        pending.addLast(new Pending(operation, node));
        return switch (operation) {
            case Set set -> node.values.local(set);
            case Delete delete -> node.values.local(delete);
            case Clear clear -> node.values.local(clear);
            case CreateSubDirectory create -> {
                DirectoryNode made = made(node, create.name());
                node.add(create.name(), new DirectoryNode.Creation(made));
                yield List.of(new SubDirectoryCreated(made.handle(), true));
            }
            case DeleteSubDirectory delete -> {
                DirectoryNode child = node.visible(delete.name());
                yield child == null ? List.of()
                        : deleted(child, true, () -> node.add(delete.name(), new DirectoryNode.Deletion()));
            }
        };
    }

    @Override
    public List<DirectoryEvent> sequenced(DirectoryOperation operation, OperationContext context, boolean own) {
        DirectoryNode target = own ? due(pending.pollFirst(), operation).node : null;
        DirectoryNode node = sequencedAt(operation.path());
        if (node != null && !node.means(context)) {
            node = null;
        }
        return switch (operation) {
            case Set set -> values(set, target, node);
            case Delete delete -> values(delete, target, node);
            case Clear clear -> values(clear, target, node);
            case CreateSubDirectory create -> {
                DirectoryNode made = target == null ? null : created(target.takeFirst(create.name()));
                yield node == null ? List.of()
                        : create(node, create.name(), target == node ? made : null, context, own);
            }
            case DeleteSubDirectory delete -> {
                if (target != null) {
                    target.takeFirst(delete.name());
                }
                yield node == null ? List.of() : delete(node, delete.name(), own);
            }
        };
    }

    @Override
    public List<DirectoryEvent> rollback(DirectoryOperation operation) {
        DirectoryNode node = due(pending.pollLast(), operation).node;
        return switch (operation) {
            case Set set -> node.values.rollback(set);
            case Delete delete -> node.values.rollback(delete);
            case Clear clear -> node.values.rollback(clear);
            case CreateSubDirectory create -> {
                DirectoryNode child = node.visible(create.name());
                if (child == null || node.children.get(create.name()) == child) {
                    node.takeLast(create.name());
                    yield List.of();
                }
                yield deleted(child, true, () -> node.takeLast(create.name()));
            }
            case DeleteSubDirectory delete -> {
                node.takeLast(delete.name());
                DirectoryNode child = node.visible(delete.name());
                List<DirectoryEvent> events = new ArrayList<>();
                if (child != null) {
                    undisposed(child, true, events);
                    events.add(new SubDirectoryCreated(child.handle(), true));
                }
                yield events;
            }
        };
    }

    @Override
    public @Nullable DirectoryOperation resubmit(DirectoryOperation operation) {
        Pending oldest = due(pending.pollFirst(), operation);
        DirectoryNode node = oldest.node;
        if (node.lost()) {
            drop(operation, node);
            return null;
        }
        if (operation instanceof CreateSubDirectory create) {
            // Creations of one name are asked for in turn, each before what was done in its directory.
            revive(node.awaited(create.name()), untold);
        }
        pending.addLast(oldest);
        return operation;
    }

    /** What changed for readers while operations were sent again. */
    List<DirectoryEvent> takeUntold() {
        List<DirectoryEvent> taken = untold;
        untold = new ArrayList<>();
        return taken;
    }

    /** Shows a directory again that is gone and waits for its creation. */
    List<DirectoryEvent> revive(DirectoryNode node) {
        List<DirectoryEvent> events = new ArrayList<>();
        revive(node, events);
        return events;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return DirectorySummary.write(root);
    }

    @Override
    public JsonValue snapshot() {
        return snapshot(root);
    }

    @Override
    public void check() {
        root.check();
        if (root.gone || !root.reachable()) {
            throw new IllegalStateException("the root is gone");
        }
    }

    private static JsonObject snapshot(DirectoryNode node) {
        JsonObject.Builder below = JsonObject.builder();
        node.visitVisible((name, child) -> below.put(name, snapshot(child)));
        return JsonObject.builder().put("storage", node.values.toJson()).put("subdirectories", below.build()).build();
    }

    private @Nullable DirectoryNode sequencedAt(String path) {
        DirectoryNode node = root;
        for (String name : Paths.names(path)) {
            node = node.children.get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private DirectoryNode requireVisible(DirectoryOperation operation) {
        DirectoryNode node = visibleAt(operation.path());
        if (node == null) {
            throw new IllegalStateException("there is no directory " + operation.path());
        }
        return node;
    }

    /** @param target where an own operation was made @param node where it is done, if it still means a directory */
    private static List<DirectoryEvent> values(KeyedOperation operation, @Nullable DirectoryNode target,
            @Nullable DirectoryNode node) {
        if (target != null && target == node) {
            target.values.acknowledge(operation);
            return List.of();
        }
        if (target != null) {
            target.values.drop(operation);
        }
        return node == null ? List.of() : sequenced(operation, node);
    }

    /*
     * As the reference tells it: a change when there is a directory of that path to be seen, a clear in any case, and
     * with a clear what it took from under this client's own values.
     */
    private static List<DirectoryEvent> sequenced(KeyedOperation operation, DirectoryNode node) {
        if (!(operation instanceof KeyedOperation.Clear)) {
            List<DirectoryEvent> events = node.values.sequenced(operation);
            return events.isEmpty() || node.shown() != null ? events : List.of();
        }
        List<DirectoryEvent> kept = new ArrayList<>();
        if (node.shown() != null) {
            Map<String, JsonValue> cleared = node.values.sequenced();
            node.values.visitPendingSets(
                    key -> kept.add(new ValueKept(node.handle(), key, cleared.get(key), false)));
        }
        List<DirectoryEvent> events = new ArrayList<>(node.values.sequenced(operation));
        events.addAll(kept);
        return events;
    }

    private List<DirectoryEvent> create(DirectoryNode parent, String name, @Nullable DirectoryNode made,
            OperationContext context, boolean own) {
        List<DirectoryEvent> events = new ArrayList<>();
        DirectoryNode node = parent.children.get(name);
        if (node == null) {
            DirectoryNode awaited = made == null ? parent.awaited(name) : made;
            node = awaited == null ? new DirectoryNode(this, parent, name) : awaited;
            place(parent, node, context.sequenceNumber(), context.clientId());
            revive(node, events);
        } else {
            node.creators.add(context.clientId());
        }
        if (!own && !parent.names(name) && node.shown() != null) {
            events.add(new SubDirectoryCreated(node.handle(), false));
        }
        return events;
    }

    private static List<DirectoryEvent> delete(DirectoryNode parent, String name, boolean own) {
        DirectoryNode node = parent.children.get(name);
        if (node == null) {
            return List.of();
        }
        if (own || parent.deletes(name)) {
            parent.children.remove(name);
            node.lose();
            return List.of();
        }
        return deleted(node, false, () -> {
            parent.children.remove(name);
            node.lose();
        });
    }

    private static void place(DirectoryNode parent, DirectoryNode node, int sequenceNumber, String creator) {
        node.createdAt = sequenceNumber;
        node.creators.add(creator);
        parent.children.put(node.name, node);
    }

    private void drop(DirectoryOperation operation, DirectoryNode node) {
        switch (operation) {
            case Set set -> node.values.drop(set);
            case Delete delete -> node.values.drop(delete);
            case Clear clear -> node.values.drop(clear);
            case CreateSubDirectory create -> node.takeFirst(create.name());
            case DeleteSubDirectory delete -> node.takeFirst(delete.name());
        }
    }

    private DirectoryNode made(DirectoryNode parent, String name) {
        DirectoryNode made = prepared;
        prepared = null;
        return made != null && made.parent == parent && made.name.equals(name) ? made
                : new DirectoryNode(this, parent, name);
    }

    private static DirectoryNode created(DirectoryNode.Change change) {
        return switch (change) {
            case DirectoryNode.Creation creation -> creation.node();
            case DirectoryNode.Deletion deletion -> throw new IllegalStateException("a deletion was due");
        };
    }

    /** Takes a directory from readers' eyes and says so. */
    private static List<DirectoryEvent> deleted(DirectoryNode node, boolean local, Runnable deletion) {
        List<DirectoryEvent> events = new ArrayList<>();
        events.add(new SubDirectoryDeleted(node.handle(), local));
        disposed(node, local, events);
        deletion.run();
        return events;
    }

    private static void disposed(DirectoryNode node, boolean local, List<DirectoryEvent> events) {
        node.visitVisible((name, child) -> disposed(child, local, events));
        events.add(new Disposed(node.handle(), local));
    }

    private static void undisposed(DirectoryNode node, boolean local, List<DirectoryEvent> events) {
        node.visitVisible((name, child) -> undisposed(child, local, events));
        events.add(new Undisposed(node.handle(), local));
    }

    private static void revive(@Nullable DirectoryNode node, List<DirectoryEvent> events) {
        if (node != null && node.gone) {
            node.revive();
            if (node.reachable()) {
                undisposed(node, true, events);
            }
        }
    }

    private static Pending due(@Nullable Pending due, DirectoryOperation operation) {
        PendingOperations.requireDue(due == null ? null : due.operation, operation);
        return Objects.requireNonNull(due);
    }
}
