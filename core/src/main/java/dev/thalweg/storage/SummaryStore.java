package dev.thalweg.storage;

import dev.thalweg.bytes.Percent;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Summaries as objects: writes trees, resolves what they take over from the summary before, and reads them back. */
public final class SummaryStore {
    /** Folders within folders that a stored tree may have. */
    public static final int MAX_DEPTH = 64;
    /** Parts, at all levels, that are read of one tree. */
    public static final int MAX_ENTRIES = 200_000;

    private final ObjectStore objects;

    /**
     * A part of a tree at any level.
     *
     * @param path   from the root, names as they are stored, separated by slashes
     * @param folder whether it is a folder
     * @param id     of its object
     * @param size   bytes of a leaf, 0 of a folder
     */
    public record Listed(String path, boolean folder, String id, int size) {
        /** {@code 40000} for a folder, {@code 100644} for a leaf. */
        public String mode() {
            return folder ? "40000" : "100644";
        }

        /** {@code tree} or {@code blob}. */
        public String kind() {
            return folder ? "tree" : "blob";
        }
    }

    /** Keeps summaries in a store. */
    public SummaryStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Where the objects are. */
    public ObjectStore objects() {
        return objects;
    }

    /** Keeps some bytes. */
    public GitBlob putBlob(byte[] bytes) {
        GitBlob blob = new GitBlob(bytes);
        objects.put(blob);
        return blob;
    }

    /**
     * Keeps a folder whose parts are kept already, so that what can be named can be read to its last leaf.
     *
     * @throws ProtocolException when a part is missing, is of another kind or breaks a rule of {@link GitTree#of}
     */
    public GitTree putTree(List<GitTree.Entry> entries) throws ProtocolException {
        GitTree tree = GitTree.of(entries);
        for (GitTree.Entry entry : tree.entries()) {
            GitObject part = objects.get(entry.id());
            if (part == null || !part.kind().equals(entry.kind())) {
                throw new ProtocolException("tree entry " + entry.name() + " must be a " + entry.kind() + " in store, "
                        + entry.id() + " is " + (part == null ? "not there" : "a " + part.kind()));
            }
        }
        objects.put(tree);
        return tree;
    }

    /**
     * Writes a summary tree.
     *
     * @param tree   with plain names; may hold handles and attachments
     * @param parent the commit that handles refer to, or null when there can be none
     * @return the id of its object
     * @throws ProtocolException when a handle or an attachment leads nowhere
     */
    public String write(SummaryNode.Tree tree, @Nullable String parent) throws ProtocolException {
        return write(tree, parent == null ? null : tree(commit(parent).tree()), 0);
    }

    private String write(SummaryNode.Tree tree, @Nullable GitTree parent, int depth) throws ProtocolException {
        requireDepth(depth);
        List<GitTree.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, SummaryNode> part : tree.entries().entrySet()) {
            String name = Percent.encode(part.getKey());
            entries.add(switch (part.getValue()) {
                case SummaryNode.Tree folder -> new GitTree.Entry(name, true, write(folder, parent, depth + 1));
                case SummaryNode.Blob leaf -> new GitTree.Entry(name, false, putBlob(leaf.bytes()).id());
                case SummaryNode.Attachment attachment -> new GitTree.Entry(name, false, attachment.id());
                case SummaryNode.Handle handle -> resolve(name, handle, parent);
            });
        }
        return putTree(entries).id();
    }

    /** Reads a whole summary; names are plain again. */
    public SummaryNode.Tree read(String treeId) throws ProtocolException {
        return read(tree(treeId), 0, new int[1]);
    }

    private SummaryNode.Tree read(GitTree tree, int depth, int[] count) throws ProtocolException {
        requireDepth(depth);
        Map<String, SummaryNode> parts = new LinkedHashMap<>();
        for (GitTree.Entry entry : tree.entries()) {
            requireCount(++count[0]);
            parts.put(plain(entry.name()), entry.folder()
                    ? read(tree(entry.id()), depth + 1, count)
                    : blob(entry.id()).leaf());
        }
        return new SummaryNode.Tree(parts);
    }

    /**
     * The parts of a folder, each before what is in it.
     *
     * @param recursive whether those of the folders in it are wanted too
     */
    public List<Listed> list(String treeId, boolean recursive) throws ProtocolException {
        return list(treeId, recursive, null);
    }

    /** The same. @param along is offered every leaf, or null */
    public List<Listed> list(String treeId, boolean recursive, @Nullable SmallBlobs along) throws ProtocolException {
        List<Listed> listed = new ArrayList<>();
        list(tree(treeId), "", recursive, 0, along, listed);
        return listed;
    }

    private void list(GitTree tree, String path, boolean recursive, int depth, @Nullable SmallBlobs along,
            List<Listed> listed) throws ProtocolException {
        requireDepth(depth);
        for (GitTree.Entry entry : tree.entries()) {
            requireCount(listed.size() + 1);
            String here = path + entry.name();
            if (entry.folder()) {
                listed.add(new Listed(here, true, entry.id(), 0));
                if (recursive) {
                    list(tree(entry.id()), here + "/", true, depth + 1, along, listed);
                }
            } else {
                GitBlob blob = blob(entry.id());
                listed.add(new Listed(here, false, entry.id(), blob.body().length));
                if (along != null) {
                    along.offer(here, entry.id(), blob);
                }
            }
        }
    }

    /** The commit of that id. */
    public GitCommit commit(String id) throws ProtocolException {
        if (objects.get(id) instanceof GitCommit commit) {
            return commit;
        }
        throw missing("commit", id);
    }

    /** The folder of that id. */
    public GitTree tree(String id) throws ProtocolException {
        if (objects.get(id) instanceof GitTree tree) {
            return tree;
        }
        throw missing("tree", id);
    }

    /** The bytes of that id. */
    public GitBlob blob(String id) throws ProtocolException {
        if (objects.get(id) instanceof GitBlob blob) {
            return blob;
        }
        throw missing("blob", id);
    }

    /** Finds what a handle takes over. Names are compared plain, since writers differ in what they encode. */
    private GitTree.Entry resolve(String name, SummaryNode.Handle handle, @Nullable GitTree parent)
            throws ProtocolException {
        GitTree folder = parent;
        String path = handle.path();
        int from = path.startsWith("/") ? 1 : 0;
        while (folder != null) {
            int slash = path.indexOf('/', from);
            String segment = plain(slash < 0 ? path.substring(from) : path.substring(from, slash));
            GitTree.Entry found = null;
            for (GitTree.Entry entry : folder.entries()) {
                if (plain(entry.name()).equals(segment)) {
                    found = entry;
                }
            }
            if (slash < 0 && found != null && found.folder() != handle.blob()) {
                return new GitTree.Entry(name, found.folder(), found.id());
            }
            folder = slash < 0 || found == null || !found.folder() ? null : tree(found.id());
            from = slash + 1;
        }
        throw new ProtocolException("handle " + path + " must lead to a " + (handle.blob() ? "leaf" : "folder")
                + " of the summary before, which has none there");
    }

    private static String plain(String name) {
        String plain = Percent.decode(name);
        return plain == null ? name : plain;
    }

    private static void requireDepth(int depth) throws ProtocolException {
        if (depth > MAX_DEPTH) {
            throw new ProtocolException("tree with " + depth + " folders within folders, the limit is " + MAX_DEPTH);
        }
    }

    private static void requireCount(int count) throws ProtocolException {
        if (count > MAX_ENTRIES) {
            throw new ProtocolException("tree with " + count + " parts, the limit is " + MAX_ENTRIES);
        }
    }

    private static ProtocolException missing(String kind, String id) {
        return new ProtocolException("no " + kind + " " + id);
    }
}
