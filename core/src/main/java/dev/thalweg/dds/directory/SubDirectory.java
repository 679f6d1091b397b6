package dev.thalweg.dds.directory;

import dev.thalweg.dds.Listener;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A directory below the root, and what the root's handle does its work with. */
final class SubDirectory implements Directory {
    private final DirectoryKernel kernel;
    private final DirectoryNode node;

    SubDirectory(DirectoryKernel kernel, DirectoryNode node) {
        this.kernel = kernel;
        this.node = node;
    }

    /** Tells an event to those who listen where it happened, and of what comes and goes also above. */
    void tell(DirectoryEvent event) {
        switch (event) {
            case DirectoryEvent.ValueChanged changed -> node.tell(changed);
            case DirectoryEvent.ValueKept kept -> node.tell(kept);
            case DirectoryEvent.Cleared cleared -> node.tell(cleared);
            case DirectoryEvent.Disposed disposed -> node.tell(disposed);
            case DirectoryEvent.Undisposed undisposed -> node.tell(undisposed);
            case DirectoryEvent.SubDirectoryCreated created -> tellAbove(created);
            case DirectoryEvent.SubDirectoryDeleted deleted -> tellAbove(deleted);
        }
    }

    @Override
    public String path() {
        return node.path;
    }

    @Override
    public boolean disposed() {
        return !node.reachable();
    }

    @Override
    public Subscription subscribe(Listener<? super DirectoryEvent> listener) {
        return node.listeners().add(listener);
    }

    @Override
    public @Nullable JsonValue get(String key) {
        return node.values.get(key);
    }

    @Override
    public boolean has(String key) {
        return node.values.get(key) != null;
    }

    @Override
    public int size() {
        return node.values.size();
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>(node.values.size());
        node.values.visit((key, value) -> keys.add(key));
        return keys;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> visitor) {
        node.values.visit(visitor::accept);
    }

    @Override
    public boolean pending(String key) {
        return node.values.pending(key);
    }

    @Override
    public void set(String key, JsonValue value) {
        submit(new DirectoryOperation.Set(node.path, key, value));
    }

    @Override
    public boolean delete(String key) {
        boolean done = kernel.channel().sends() || has(key);
        submit(new DirectoryOperation.Delete(node.path, key));
        return done;
    }

    @Override
    public void clear() {
        submit(new DirectoryOperation.Clear(node.path));
    }

    @Override
    public Directory createSubDirectory(String name) {
        Paths.requireName(name);
        if (Paths.names(node.path).size() + 1 >= Paths.DEPTH) {
            throw new IllegalArgumentException(
                    "a directory may be at most " + (Paths.DEPTH - 1) + " below the root, was " + node.path);
        }
        DirectoryNode known = node.latest(name);
        if (known == null) {
            DirectoryNode made = kernel.prepare(node, name);
            submit(new DirectoryOperation.CreateSubDirectory(node.path, name));
            return made.handle();
        }
        if (known.gone) {
            requireThere();
            kernel.channel().revive(known);
        }
        return known.handle();
    }

    @Override
    public @Nullable Directory getSubDirectory(String name) {
        DirectoryNode child = node.visible(name);
        return child == null ? null : child.handle();
    }

    @Override
    public boolean hasSubDirectory(String name) {
        return node.visible(name) != null;
    }

    @Override
    public boolean pendingSubDirectory(String name) {
        return node.names(name);
    }

    @Override
    public boolean deleteSubDirectory(String name) {
        if (node.visible(name) == null) {
            return false;
        }
        submit(new DirectoryOperation.DeleteSubDirectory(node.path, name));
        return true;
    }

    @Override
    public int countSubDirectory() {
        int[] count = {0};
        node.visitVisible((name, child) -> count[0]++);
        return count[0];
    }

    @Override
    public void forEachSubDirectory(BiConsumer<? super String, ? super Directory> visitor) {
        node.visitVisible((name, child) -> visitor.accept(name, child.handle()));
    }

    @Override
    public @Nullable Directory getWorkingDirectory(String relativePath) {
        DirectoryNode found = kernel.visibleAt(Paths.resolve(node.path, relativePath));
        return found == null ? null : found.handle();
    }

    @Override
    public String toString() {
        return node.path;
    }

    private void submit(DirectoryOperation operation) {
        requireThere();
        kernel.channel().make(operation);
    }

    private void requireThere() {
        if (!node.reachable()) {
            throw new IllegalStateException("directory " + node.path + " is gone");
        }
    }

    private void tellAbove(DirectoryEvent event) {
        for (DirectoryNode above = node.parent; above != null; above = above.parent) {
            above.tell(event);
        }
    }
}
