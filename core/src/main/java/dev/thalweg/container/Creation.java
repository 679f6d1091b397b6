package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds channels and data stores to a document, for all to see. */
final class Creation {
    private Creation() {}

    /** Adds a channel to the root data store. */
    static <C extends SharedObject<?, ?>> C channel(ContainerRuntime runtime, ChannelType<C> type) {
        String storeId = runtime.stores.aliases().getOrDefault(DocumentFormat.ROOT_ALIAS, DocumentFormat.ROOT_STORE);
        DataStore store = runtime.stores.all().get(storeId);
        if (store == null) {
            throw new IllegalStateException("the document has no root data store");
        }
        boolean attached = runtime.attached();
        Channel channel = runtime.stores.create(store, runtime.services.ids().uuid(), type, attached ? -1 : 0);
        C object = Loader.typed(channel, "channel " + channel.path(), type);
        if (attached) {
            JsonObject content = JsonObject.builder().put("id", channel.id())
                    .put("snapshot", AttachSnapshot.write(SummaryWriter.written(channel, object)))
                    .put("type", type.attributes().type()).build();
            JsonObject inner = JsonObject.builder().put("content", content).put("type", "attach").build();
            JsonObject outer = JsonObject.builder().put("address", store.id()).put("contents", inner).build();
            runtime.submit(new PendingOp.Attach(runtime.stores, store, channel, envelope("component", outer)));
            runtime.events.tell(new ContainerEvent.ChannelAttached(store.id(), channel.id(), type.attributes().type(),
                    true));
        }
        return object;
    }

    /** Adds a data store with channels under the schema's keys. */
    static Handle store(ContainerRuntime runtime, List<String> packagePath, ContainerSchema channels) {
        String id = runtime.services.ids().uuid();
        boolean attached = runtime.attached();
        String component = DocumentFormat.component(packagePath, false);
        DataStore store = new DataStore(id, component, attached ? -1 : 0);
        runtime.stores.add(store);
        SummaryBuilder folder = new SummaryBuilder();
        List<JsonValue> routes = new ArrayList<>();
        JsonObject.Builder nodes = JsonObject.builder();
        JsonArray back = JsonArray.of(new JsonString("/" + id));
        for (Map.Entry<String, ChannelType<?>> entry : channels.objects().entrySet()) {
            Channel channel = runtime.stores.create(store, entry.getKey(), entry.getValue(), attached ? -1 : 0);
            channel.comesWithStore();
            folder.put(channel.id(), SummaryWriter.changed(channel));
            routes.add(new JsonString(channel.path()));
            nodes.put("/" + channel.id(), back);
        }
        if (attached) {
            JsonObject snapshot = AttachSnapshot.write(
                    new SummaryBuilder().put(DocumentFormat.CHANNELS, folder.build())
                            .text(DocumentFormat.COMPONENT, component).build(),
                    nodes.put("/", new JsonArray(routes)).build());
            JsonObject attach = JsonObject.builder().put("id", id).put("snapshot", snapshot)
                    .put("type", packagePath.get(packagePath.size() - 1)).build();
            runtime.stores.submit(store, envelope("attach", attach));
        }
        return new Handle("/" + id);
    }

    private static String envelope(String type, JsonObject contents) {
        return JsonObject.builder().put("type", type).put("contents", contents).build().toJson();
    }
}
