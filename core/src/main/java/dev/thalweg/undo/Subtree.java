package dev.thalweg.undo;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryOperation;
import dev.thalweg.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was in a directory that was deleted. */
final class Subtree {
    final Map<String, JsonValue> values = new LinkedHashMap<>();
    final Map<String, Subtree> children = new LinkedHashMap<>();

    static Subtree of(Directory directory) {
        Subtree subtree = new Subtree();
        directory.forEach(subtree.values::put);
        directory.forEachSubDirectory((name, child) -> subtree.children.put(name, of(child)));
        return subtree;
    }

    /** Another client's operation, which was sequenced before the deletion. @param here where this is, or was */
    void apply(DirectoryOperation operation, String here) {
        switch (operation) {
            case DirectoryOperation.Set set -> {
                Subtree at = at(set.path(), here);
                if (at != null) {
                    at.values.put(set.key(), set.value());
                }
            }
            case DirectoryOperation.Delete delete -> {
                Subtree at = at(delete.path(), here);
                if (at != null) {
                    at.values.remove(delete.key());
                }
            }
            case DirectoryOperation.Clear clear -> {
                Subtree at = at(clear.path(), here);
                if (at != null) {
                    at.values.clear();
                }
            }
            case DirectoryOperation.CreateSubDirectory create -> {
                Subtree at = at(create.path(), here);
                if (at != null) {
                    at.children.putIfAbsent(create.name(), new Subtree());
                }
            }
            case DirectoryOperation.DeleteSubDirectory delete -> {
                Subtree at = at(delete.path(), here);
                if (at != null) {
                    at.children.remove(delete.name());
                }
            }
        }
    }

    /** The same keys, values and subdirectories, in any order. */
    boolean same(Subtree other) {
        if (values.size() != other.values.size() || children.size() != other.children.size()) {
            return false;
        }
        for (Map.Entry<String, JsonValue> entry : values.entrySet()) {
            if (!entry.getValue().equals(other.values.get(entry.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, Subtree> entry : children.entrySet()) {
            Subtree child = other.children.get(entry.getKey());
            if (child == null || !entry.getValue().same(child)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Subtree at(String path, String here) {
        if (path.equals(here)) {
            return this;
        }
        if (!path.startsWith(here + "/")) {
            return null;
        }
        Subtree at = this;
        int from = here.length() + 1;
        while (at != null && from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            at = at.children.get(path.substring(from, end));
            from = end + 1;
        }
        return at;
    }
}
