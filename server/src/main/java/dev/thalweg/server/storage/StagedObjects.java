package dev.thalweg.server.storage;

import dev.thalweg.storage.GitObject;
import dev.thalweg.storage.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one document, with new ones kept back until they are written together. Not for more than one thread;
 * reads block.
 */
public final class StagedObjects implements ObjectStore {
    /** A read failed. Caught by whoever made the staging area. */
    public static final class ReadFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadFailure(StoreException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final DocumentStore store;
    private final DocumentKey document;
    private final Map<String, GitObject> staged = new LinkedHashMap<>();
    private final Map<String, String> refs = new LinkedHashMap<>();

    /** Nothing is staged yet. */
    public StagedObjects(DocumentStore store, DocumentKey document) {
        this.store = store;
        this.document = document;
    }

    @Override
    public @Nullable GitObject get(String id) {
        GitObject object = staged.get(id);
        if (object != null) {
            return object;
        }
        try {
            return store.object(document, id);
        } catch (StoreException e) {
            throw new ReadFailure(e);
        }
    }

    @Override
    public void put(GitObject object) {
        staged.putIfAbsent(object.id(), object);
    }

    @Override
    public @Nullable String ref(String name) {
        String ref = refs.get(name);
        if (ref != null) {
            return ref;
        }
        try {
            return store.ref(document, name);
        } catch (StoreException e) {
            throw new ReadFailure(e);
        }
    }

    @Override
    public void setRef(String name, String commitId) {
        refs.put(name, commitId);
    }

    /** What was put, in that order. */
    public List<GitObject> objects() {
        return new ArrayList<>(staged.values());
    }

    /** The commit a ref was set to here, or null. */
    public @Nullable String stagedRef(String name) {
        return refs.get(name);
    }
}
