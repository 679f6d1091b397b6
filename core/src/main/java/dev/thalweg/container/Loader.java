package dev.thalweg.container;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.ProtocolState;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills a container: with the initial objects of a new document, or with what a summary holds. */
final class Loader {
    private final ContainerServices services;
    private final String documentId;
    private final ContainerSchema schema;
    private final Outcome<Container> outcome;
    private final Backoff backoff;
    private int tries;

    Loader(ContainerServices services, String documentId, ContainerSchema schema, Outcome<Container> outcome) {
        this.services = services;
        this.documentId = documentId;
        this.schema = schema;
        this.outcome = outcome;
        this.backoff = new Backoff(services.options(), services.ids());
    }

    /** Makes the initial objects of a new document. */
    static void create(ContainerRuntime runtime, ContainerSchema schema) {
        DataStore root = new DataStore(DocumentFormat.ROOT_STORE, DocumentFormat.rootComponent(), 0);
        runtime.stores.add(root);
        runtime.stores.aliases().put(DocumentFormat.ROOT_ALIAS, root.id());
        Map<String, String> paths = new LinkedHashMap<>();
        int index = 0;
        for (String key : schema.objects().keySet()) {
            paths.put(key, "/" + root.id() + "/" + DocumentFormat.initialChannelId(index++));
        }
        SummaryNode.Tree directory = RootDirectory.write(paths, DocumentFormat.rootDirectoryAttributes());
        runtime.stores.add(root, new Channel(runtime, root.id(), RootDirectory.CHANNEL_ID,
                ChannelAttributes.of(RootDirectory.TYPE, "0.1"), null, directory, 0));
        index = 0;
        for (Map.Entry<String, ChannelType<?>> object : schema.objects().entrySet()) {
            runtime.initialObject(object.getKey(), runtime.stores.create(root,
                    DocumentFormat.initialChannelId(index++), object.getValue(), 0));
        }
        runtime.parts.metadata
                .load(DocumentFormat.newMetadata(runtime.services.timers().now(), runtime.services.ids().uuid()));
    }

    /** A channel as its structure. */
    @SuppressWarnings("unchecked")
    static <C extends SharedObject<?, ?>> C typed(@Nullable Channel channel, String what, ChannelType<C> type) {
        if (channel == null) {
            throw new IllegalArgumentException("there is no " + what);
        }
        SharedObject<?, ?> object = channel.object();
        if (object == null || !channel.attributes().type().equals(type.attributes().type())) {
            throw new IllegalArgumentException(what + " is of type " + channel.attributes().type() + ", not "
                    + type.attributes().type() + (channel.quarantine() == null ? "" : ": " + channel.quarantine()));
        }
        return (C) object;
    }

    void load() {
        DocumentService service = services.service().open(documentId);
        service.latestSummary(new Outcome<@Nullable StoredSummary>() {
            @Override
            public void succeeded(@Nullable StoredSummary stored) {
                if (stored == null) {
                    outcome.failed(Failure.permanent(404, "no document " + documentId));
                    return;
                }
                try {
                    fill(service, stored);
                } catch (ProtocolException e) {
                    outcome.failed(Failure.permanent(422, "document " + documentId + ": " + e.getMessage()));
                }
            }

            @Override
            public void failed(Failure failure) {
                if (failure.retryable() && ++tries < services.options().loadAttempts()) {
                    services.timers().schedule(Math.max(backoff.next(), failure.retryAfterMillis()), () -> load());
                } else {
                    outcome.failed(failure);
                }
            }
        });
    }

    private void fill(DocumentService service, StoredSummary stored) throws ProtocolException {
        ContainerRuntime runtime = new ContainerRuntime(services, schema);
        ProtocolState protocol = SummaryBase.protocol(stored);
        SummaryNode.Tree tree = stored.tree();
        runtime.quorum.load(protocol);
        runtime.parts.load(tree);
        SummaryNode.Tree channels = tree.tree(DocumentFormat.CHANNELS);
        if (channels == null) {
            throw new ProtocolException("the summary has no " + DocumentFormat.CHANNELS);
        }
        for (Map.Entry<String, SummaryNode> store : channels.entries().entrySet()) {
            if (store.getValue() instanceof SummaryNode.Tree folder) {
                runtime.stores.load(store.getKey(), folder, protocol.sequenceNumber());
            }
        }
        aliases(runtime, tree.text(DocumentFormat.ALIASES));
        initialObjects(runtime);
        runtime.begin(service, SummaryBase.of(stored), protocol.minimumSequenceNumber(), outcome);
    }

    private static void aliases(ContainerRuntime runtime, @Nullable String text) throws ProtocolException {
        if (text == null) {
            return;
        }
        for (JsonValue pair : JsonCasts.array(JsonValue.parse(text), DocumentFormat.ALIASES).values()) {
            if (pair instanceof JsonArray array && array.size() == 2 && array.get(0) instanceof JsonString alias
                    && array.get(1) instanceof JsonString id) {
                runtime.stores.aliases().put(alias.value(), id.value());
            } else {
                throw new ProtocolException(DocumentFormat.ALIASES + ": expected pairs of strings");
            }
        }
    }

    private void initialObjects(ContainerRuntime runtime) throws ProtocolException {
        Channel root = runtime.stores.resolve("/" + DocumentFormat.ROOT_ALIAS + "/" + RootDirectory.CHANNEL_ID);
        if (root != null && root.carried() != null && root.attributes().type().equals(RootDirectory.TYPE)) {
            for (Map.Entry<String, String> entry : RootDirectory.read(root.carried()).entrySet()) {
                Channel channel = runtime.stores.resolve(entry.getValue());
                if (channel != null) {
                    runtime.initialObject(entry.getKey(), channel);
                }
            }
        }
        for (Map.Entry<String, ChannelType<?>> wanted : schema.objects().entrySet()) {
            try {
                runtime.object(wanted.getKey(), wanted.getValue());
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(String.valueOf(e.getMessage()));
            }
        }
    }
}
