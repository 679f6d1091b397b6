package dev.thalweg.container;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What exists in a document, by address and alias, and where an operation goes. */
final class DataStores implements PendingOp.Owner {
    private final Channel.Host host;
    private final Events events;
    private final Function<String, @Nullable ChannelType<?>> types;
    private final String replica;
    private final Map<String, DataStore> stores = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<SharedObject<?, ?>, Channel> byObject = new HashMap<>();
    private @Nullable String connectedAs;

    /**
     * @param types   gives the structure of a URL, or null when the program does not know it
     * @param replica an id no other replica has
     */
    DataStores(Channel.Host host, Events events, Function<String, @Nullable ChannelType<?>> types, String replica) {
        this.host = host;
        this.events = events;
        this.types = types;
        this.replica = replica;
    }

    /** All data stores by id, in the order in which they came. */
    Map<String, DataStore> all() {
        return stores;
    }

    /** The ids of the data stores that have an alias, by alias. */
    Map<String, String> aliases() {
        return aliases;
    }

    String replica() {
        return replica;
    }

    void add(DataStore store) {
        stores.put(store.id(), store);
    }

    void add(DataStore store, Channel channel) {
        store.add(channel);
        if (channel.object() != null) {
            byObject.put(channel.object(), channel);
        }
        if (connectedAs != null) {
            channel.connectionChanged(true, connectedAs);
        }
    }

    @Nullable
    Channel of(SharedObject<?, ?> object) {
        return byObject.get(object);
    }

    /** Gives a data store an alias. The first to ask gets it. */
    void alias(String alias, String storeId, int sequenceNumber) throws ProtocolException {
        DataStore store = stores.get(storeId);
        if (store == null) {
            throw new ProtocolException("alias " + alias + " for data store " + storeId + ", which does not exist");
        }
        if (!aliases.containsKey(alias)) {
            aliases.put(alias, storeId);
            store.makeRoot(sequenceNumber);
        }
    }

    /** The channel a handle's path leads to, or null when there is none. */
    @Nullable
    Channel resolve(String path) {
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0) {
            return null;
        }
        String first = path.substring(1, slash);
        String storeId = aliases.getOrDefault(first, first);
        DataStore store = stores.get(storeId);
        return store == null ? null : store.channel(path.substring(slash + 1));
    }

    /** Takes over a data store from a summary or an attach message. */
    void load(String id, SummaryNode.Tree tree, int sequenceNumber) throws ProtocolException {
        String component = tree.requireText(".component", "data store " + id);
        DataStore store = new DataStore(id, component, sequenceNumber);
        add(store);
        SummaryNode.Tree channels = tree.tree(".channels");
        if (channels != null) {
            for (Map.Entry<String, SummaryNode> entry : channels.entries().entrySet()) {
                if (entry.getValue() instanceof SummaryNode.Tree channel) {
                    load(store, entry.getKey(), channel, sequenceNumber);
                }
            }
        }
    }

    /** Another client's operation on a data store. */
    void process(JsonValue contents, OperationContext context) throws ProtocolException {
        JsonObject outer = JsonCasts.object(contents, "component");
        String address = outer.string("address");
        DataStore store = stores.get(address);
        if (store == null) {
            throw new ProtocolException("no data store " + address);
        }
        JsonObject inner = outer.object("contents");
        JsonObject content = inner.object("content");
        String type = inner.string("type");
        switch (type) {
            case "op" -> {
                String channelId = content.string("address");
                Channel channel = store.channel(channelId);
                if (channel == null) {
                    throw new ProtocolException("no channel /" + address + "/" + channelId);
                }
                channel.process(content.require("contents"), context);
            }
            case "attach" -> {
                try {
                    attachChannel(store, content, context.sequenceNumber());
                } catch (ProtocolException e) {
                    store.changedForeign(context.sequenceNumber());
                    throw e;
                }
            }
            default -> {
                store.changedForeign(context.sequenceNumber());
                throw new ProtocolException("unknown operation " + type + " on data store " + address);
            }
        }
    }

    /** Another client's new data store. */
    void attach(JsonValue contents, OperationContext context) throws ProtocolException {
        JsonObject attach = JsonCasts.object(contents, "attach");
        String id = attach.string("id");
        if (stores.containsKey(id)) {
            throw new ProtocolException("data store " + id + " exists already");
        }
        load(id, AttachSnapshot.read(attach.object("snapshot")), context.sequenceNumber());
        events.tell(new ContainerEvent.DataStoreAttached(id, false));
    }

    /** A data store made here is given to the others. */
    void submit(DataStore store, String envelope) {
        host.submit(new PendingOp.AttachStore(this, store, envelope));
        events.tell(new ContainerEvent.DataStoreAttached(store.id(), true));
    }

    @Override
    public void acknowledge(PendingOp operation, OperationContext context) {
        switch (operation) {
            case PendingOp.AttachStore attach -> attach.store().attachedAt(context.sequenceNumber());
            case PendingOp.Attach attach -> attach.channel().attachedAt(context.sequenceNumber());
            case PendingOp.Edit ignored -> {}
            case PendingOp.AttachBlob ignored -> {}
        }
    }

    @Override
    public void resubmit(PendingOp operation) {
        host.submit(operation);
    }

    @Override
    public void rollback(PendingOp operation) {
        switch (operation) {
            case PendingOp.AttachStore attach -> {
                stores.remove(attach.store().id());
                attach.store().channels().values().forEach(this::takeBack);
            }
            case PendingOp.Attach attach -> {
                attach.store().remove(attach.channel());
                takeBack(attach.channel());
            }
            case PendingOp.Edit ignored -> {}
            case PendingOp.AttachBlob ignored -> {}
        }
    }

    private void takeBack(Channel channel) {
        if (channel.object() != null) {
            byObject.remove(channel.object());
        }
        channel.takeBack();
    }

    /** What a handle leads to. */
    Resolved find(Handle handle, AttachmentBlobs blobs) {
        String blob = handle.blobName();
        if (blob != null) {
            String storageId = blobs.find(blob);
            return storageId == null ? new Resolved.Missing(handle.path()) : new Resolved.Attachment(storageId);
        }
        Channel channel = resolve(handle.path());
        if (channel != null) {
            SharedObject<?, ?> object = channel.object();
            return object == null || channel.quarantine() != null
                    ? new Resolved.Foreign(channel.path(), channel.attributes().type())
                    : new Resolved.Structure(object);
        }
        String name = handle.path().substring(1);
        DataStore store = stores.get(aliases.getOrDefault(name, name));
        return store == null ? new Resolved.Missing(handle.path()) : new Resolved.Store(store.id());
    }

    /** A channel this program knows, made here. */
    <C extends SharedObject<?, ?>> Channel create(DataStore store, String channelId, ChannelType<C> type,
            int attachedAt) {
        Channel channel = new Channel(host, store.id(), channelId, type.attributes(), type.create(channelId, replica),
                null, attachedAt);
        add(store, channel);
        return channel;
    }

    /** Tells all channels; those that come later are told when they come. */
    void connectionChanged(boolean connected, @Nullable String clientId) {
        connectedAs = connected ? clientId : null;
        for (Channel channel : channels()) {
            channel.connectionChanged(connected, clientId);
        }
    }

    void memberLeft(String clientId, int sequenceNumber) {
        for (Channel channel : channels()) {
            channel.memberLeft(clientId, sequenceNumber);
        }
    }

    /** The document is about to be given to a service. */
    void attaching() {
        channels().forEach(Channel::attaching);
    }

    /** The container is closed for good. */
    void close(String reason) {
        for (Channel channel : channels()) {
            channel.close(reason);
        }
    }

    /** Why channels take part no more, by path. */
    Map<String, String> quarantined() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Channel channel : channels()) {
            if (channel.quarantine() != null) {
                reasons.put(channel.path(), channel.quarantine());
            }
        }
        return reasons;
    }

    /** As {@code .aliases} keeps them. */
    String writeAliases() {
        List<JsonValue> pairs = new ArrayList<>();
        aliases.forEach((alias, id) -> pairs.add(JsonArray.of(JsonValue.of(alias), JsonValue.of(id))));
        return new JsonArray(pairs).toJson();
    }

    private List<Channel> channels() {
        List<Channel> all = new ArrayList<>();
        for (DataStore store : stores.values()) {
            all.addAll(store.channels().values());
        }
        return all;
    }

    private void attachChannel(DataStore store, JsonObject content, int sequenceNumber) throws ProtocolException {
        String id = content.string("id");
        if (store.channel(id) != null) {
            throw new ProtocolException("channel /" + store.id() + "/" + id + " exists already");
        }
        Channel channel = load(store, id, AttachSnapshot.read(content.object("snapshot")), sequenceNumber);
        events.tell(new ContainerEvent.ChannelAttached(store.id(), id, channel.attributes().type(), false));
    }

    /* A channel that cannot be read is there all the same, so that operations on it find it. */
    private Channel load(DataStore store, String id, SummaryNode.Tree tree, int sequenceNumber) {
        ChannelAttributes attributes = new ChannelAttributes("", "", "");
        SharedObject<?, ?> object = null;
        String unreadable = null;
        try {
            String text = tree.requireText(".attributes", "channel /" + store.id() + "/" + id);
            attributes = ChannelAttributes.read(JsonCasts.object(JsonValue.parse(text), ".attributes"));
            ChannelType<?> type = types.apply(attributes.type());
            if (type != null) {
                object = type.load(id, replica, tree);
            }
        } catch (ProtocolException e) {
            unreadable = String.valueOf(e.getMessage());
        }
        Channel channel = new Channel(host, store.id(), id, attributes, object, tree, sequenceNumber);
        add(store, channel);
        if (unreadable != null) {
            channel.quarantine(sequenceNumber, unreadable);
        }
        return channel;
    }
}
