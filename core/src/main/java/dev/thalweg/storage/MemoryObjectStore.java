package dev.thalweg.storage;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps objects and refs as long as the program runs. Not for more than one thread. */
public final class MemoryObjectStore implements ObjectStore {
    private final Map<String, GitObject> objects = new HashMap<>();
    private final Map<String, String> refs = new HashMap<>();

    @Override
    public @Nullable GitObject get(String id) {
        return objects.get(id);
    }

    @Override
    public void put(GitObject object) {
        objects.putIfAbsent(object.id(), object);
    }

    @Override
    public @Nullable String ref(String name) {
        return refs.get(name);
    }

    @Override
    public void setRef(String name, String commitId) {
        refs.put(name, commitId);
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }
}
