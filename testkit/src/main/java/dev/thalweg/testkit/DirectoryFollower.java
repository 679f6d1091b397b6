package dev.thalweg.testkit;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryEvent;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Keeps a copy of a tree, path by path, and looks at each event only where it says something happened. */
final class DirectoryFollower implements Follower {
    private final SharedDirectory tree;
    private final Map<String, Map<String, JsonValue>> copy = new LinkedHashMap<>();

    DirectoryFollower(SharedDirectory tree) {
        this.tree = tree;
        add(tree);
        tree.subscribe(this::on);
    }

    private void on(DirectoryEvent event) {
        Directory directory = event.directory();
        switch (event) {
            case DirectoryEvent.ValueChanged changed -> {
                if (seen(directory)) {
                    changed(changed);
                }
            }
            case DirectoryEvent.ValueKept kept -> {
                // Nothing has changed.
            }
            case DirectoryEvent.Cleared cleared -> {
                if (seen(directory)) {
                    copy.put(directory.path(), values(directory));
                }
            }
            case DirectoryEvent.SubDirectoryCreated created -> {
                if (seen(directory)) {
                    add(directory);
                }
            }
            case DirectoryEvent.Undisposed undisposed -> {
                if (seen(directory)) {
                    add(directory);
                }
            }
            case DirectoryEvent.SubDirectoryDeleted deleted -> {
                if (!seen(directory)) {
                    // Where another of that path has taken its place, that one will be told of.
                    copy.keySet().removeIf(path -> path.equals(directory.path())
                            || path.startsWith(directory.path() + "/"));
                }
            }
            case DirectoryEvent.Disposed disposed -> {
                // The deletion has told of it.
            }
        }
    }

    private void changed(DirectoryEvent.ValueChanged changed) {
        Map<String, JsonValue> values = copy.get(changed.directory().path());
        if (values == null) {
            throw new IllegalStateException("nothing was told of " + changed.directory().path());
        }
        JsonValue now = changed.directory().get(changed.key());
        JsonValue before = now == null ? values.remove(changed.key()) : values.put(changed.key(), now);
        if (!Objects.equals(before, changed.previous())) {
            throw new IllegalStateException("where there was " + before + ", the event says " + changed);
        }
    }

    private boolean seen(Directory directory) {
        return tree.getWorkingDirectory(directory.path()) == directory;
    }

    private void add(Directory directory) {
        copy.put(directory.path(), values(directory));
        directory.forEachSubDirectory((name, child) -> add(child));
    }

    private static Map<String, JsonValue> values(Directory directory) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        directory.forEach(values::put);
        return values;
    }

    @Override
    public void check() {
        Map<String, Map<String, JsonValue>> there = new LinkedHashMap<>();
        collect(tree, there);
        if (!copy.equals(there)) {
            throw new IllegalStateException("events come to " + copy + ", the tree is " + there);
        }
    }

    private static void collect(Directory directory, Map<String, Map<String, JsonValue>> into) {
        into.put(directory.path(), values(directory));
        directory.forEachSubDirectory((name, child) -> collect(child, into));
    }
}
