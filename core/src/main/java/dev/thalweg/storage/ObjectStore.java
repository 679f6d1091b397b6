package dev.thalweg.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where objects and refs are kept. What {@link #put} took must be there for whoever asks afterwards; a store that cannot
 * keep this promise throws.
 */
public interface ObjectStore {
    /** The object of that id, or null. */
    @Nullable
    GitObject get(String id);

    /** Keeps an object; one that is there already stays. */
    void put(GitObject object);

    /** The commit a name stands for, or null. The ref of a document is its id. */
    @Nullable
    String ref(String name);

    /** Lets a name stand for a commit from now on. */
    void setRef(String name, String commitId);
}
