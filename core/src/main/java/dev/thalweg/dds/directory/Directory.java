package dev.thalweg.dds.directory;

import dev.thalweg.dds.Listener;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Subscription;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a tree: keys with values, and subdirectories. Fluid's IDirectory.
 *
 * <p>It stands for one coming into being: when a subdirectory is deleted and one of that name is made again, that is
 * another. One that is gone takes no edits.
 */
public sealed interface Directory permits SharedDirectory, SubDirectory {
    /** Its absolute path, {@code /} for the root. */
    String path();

    /** Whether it is gone, by itself or with one above it. */
    boolean disposed();

    /** Hears what happens here from now on, until the subscription is cancelled; see {@link DirectoryEvent}. */
    Subscription subscribe(Listener<? super DirectoryEvent> listener);

    /** The value of a key, or null when there is none. */
    @Nullable
    JsonValue get(String key);

    /** Whether a key has a value. */
    boolean has(String key);

    /** How many keys have a value. */
    int size();

    /** The keys that have a value, in order; a copy. */
    List<String> keys();

    /** Visits keys and values in order. The visitor must not change the directory. */
    void forEach(BiConsumer<? super String, ? super JsonValue> visitor);

    /** Whether what {@link #get} says of a key rests on a change of this client that has not been sequenced yet. */
    boolean pending(String key);

    /**
     * Gives a key a value.
     *
     * @throws IllegalStateException when the directory is gone, or the channel takes no edits now
     */
    void set(String key, JsonValue value);

    /**
     * Takes a key out. The others are told even when this client sees no such key, since one may be on its way.
     *
     * @return whether something was done: true unless the tree is detached and has no such key
     * @throws IllegalStateException when the directory is gone, or the channel takes no edits now
     */
    boolean delete(String key);

    /**
     * Takes every key out and leaves the subdirectories.
     *
     * @throws IllegalStateException when the directory is gone, or the channel takes no edits now
     */
    void clear();

    /**
     * Makes a subdirectory, or finds the one there is.
     *
     * @param name not empty, neither {@code .} nor {@code ..}, and without {@code /}
     * @throws IllegalArgumentException when it is another name, or would be 250 directories or more below the root
     * @throws IllegalStateException    when the directory is gone, or the channel takes no edits now
     */
    Directory createSubDirectory(String name);

    /** The subdirectory of that name, or null when there is none. */
    @Nullable
    Directory getSubDirectory(String name);

    /** Whether there is a subdirectory of that name. */
    boolean hasSubDirectory(String name);

    /**
     * Whether what {@link #hasSubDirectory} says of a name rests on a change of this client that has not been sequenced
     * yet.
     */
    boolean pendingSubDirectory(String name);

    /**
     * Takes a subdirectory out, with everything below it.
     *
     * @return whether there was one; when there was not, nothing is sent
     * @throws IllegalStateException when the directory is gone, or the channel takes no edits now
     */
    boolean deleteSubDirectory(String name);

    /** How many subdirectories there are. */
    int countSubDirectory();

    /**
     * Visits names and subdirectories: in the order in which they were sequenced, those that have not been in the order
     * in which they were made. The visitor must not change the tree.
     */
    void forEachSubDirectory(BiConsumer<? super String, ? super Directory> visitor);

    /** The directory at a path, which starts here unless it begins with {@code /}; null when there is none. */
    @Nullable
    Directory getWorkingDirectory(String relativePath);
}
