package dev.thalweg.dds.directory;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tree of directories that many clients edit, each with keys and values of its own. In every directory the last write
 * on the one line wins, key by key. An operation on a directory that another client has deleted meanwhile does nothing,
 * also when there is a new one of that path. An own change shows at once and stays until it has been sequenced.
 *
 * <p>Fluid's SharedDirectory, in Fluid's bytes: a stock client reads and writes the same tree. This handle is the root
 * directory, and hears of changes in the whole tree.
 */
public final class SharedDirectory extends SharedObject<DirectoryOperation, DirectoryEvent> implements Directory {
    /** How directory trees are made. */
    public static final ChannelType<SharedDirectory> TYPE = new Type();

    private final DirectoryKernel kernel;
    private final SubDirectory root;

    private SharedDirectory(String id, DirectoryKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
        this.root = new SubDirectory(kernel, kernel.root());
        kernel.bind(this);
    }

    @Override
    public ChannelType<SharedDirectory> type() {
        return TYPE;
    }

    @Override
    public String path() {
        return root.path();
    }

    /** Never: the root is always there. */
    @Override
    public boolean disposed() {
        return false;
    }

    @Override
    public @Nullable JsonValue get(String key) {
        return root.get(key);
    }

    @Override
    public boolean has(String key) {
        return root.has(key);
    }

    @Override
    public int size() {
        return root.size();
    }

    @Override
    public List<String> keys() {
        return root.keys();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> visitor) {
        root.forEach(visitor);
    }

    @Override
    public boolean pending(String key) {
        return root.pending(key);
    }

    @Override
    public void set(String key, JsonValue value) {
        root.set(key, value);
    }

    @Override
    public boolean delete(String key) {
        return root.delete(key);
    }

    @Override
    public void clear() {
        root.clear();
    }

    @Override
    public Directory createSubDirectory(String name) {
        return root.createSubDirectory(name);
    }

    @Override
    public @Nullable Directory getSubDirectory(String name) {
        return root.getSubDirectory(name);
    }

    @Override
    public boolean hasSubDirectory(String name) {
        return root.hasSubDirectory(name);
    }

    @Override
    public boolean pendingSubDirectory(String name) {
        return root.pendingSubDirectory(name);
    }

    @Override
    public boolean deleteSubDirectory(String name) {
        return root.deleteSubDirectory(name);
    }

    @Override
    public int countSubDirectory() {
        return root.countSubDirectory();
    }

    @Override
    public void forEachSubDirectory(BiConsumer<? super String, ? super Directory> visitor) {
        root.forEachSubDirectory(visitor);
    }

    @Override
    public @Nullable Directory getWorkingDirectory(String relativePath) {
        return root.getWorkingDirectory(relativePath);
    }

    @Override
    public String toString() {
        return root.toString();
    }

    /** A directory that waits for its creation shows again when operations are sent again. For the container. */
    @Override
    public void connectionChanged(boolean connected, @Nullable String clientId) {
        tell(kernel.takeUntold());
    }

    @Override
    protected void onEvent(DirectoryEvent event) {
        if (event.directory() instanceof SubDirectory directory) {
            directory.tell(event);
        }
    }

    void make(DirectoryOperation operation) {
        submit(operation);
    }

    boolean sends() {
        return attached();
    }

    void revive(DirectoryNode node) {
        tell(kernel.revive(node));
    }

    private static final class Type implements ChannelType<SharedDirectory> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/directory", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedDirectory create(String id, String replica) {
            return new SharedDirectory(id, new DirectoryKernel());
        }

        @Override
        public SharedDirectory load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            DirectoryKernel kernel = new DirectoryKernel();
            DirectorySummary.read(summary, kernel);
            return new SharedDirectory(id, kernel);
        }
    }
}
