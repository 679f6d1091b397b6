package dev.thalweg.container;

import dev.thalweg.bytes.Percent;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.ProtocolState;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the runtime's tree. What changed since the summary before is written anew, what did not is a handle into it;
 * and what this program does not model stays as it is, unless an operation has changed it, for then a summary written
 * here would lose that change and is refused.
 */
final class SummaryWriter {
    private final DataStores stores;
    private final DocumentParts parts;
    private final Map<String, Integer> touched = new LinkedHashMap<>();
    private @Nullable String unreadable;

    SummaryWriter(DataStores stores, DocumentParts parts) {
        this.stores = stores;
        this.parts = parts;
    }

    /** An operation changed a part of the document that is not modelled here. @param part an entry of the root */
    void touched(String part, int sequenceNumber) {
        touched.put(part, sequenceNumber);
    }

    /** An operation may have changed anything. */
    void unreadable(int sequenceNumber, String reason) {
        if (unreadable == null) {
            unreadable = "operation " + sequenceNumber + " could not be read: " + reason;
        }
    }

    /** Why no summary can be written that builds on this one, or null when one can. */
    @Nullable
    String refusal(SummaryBase base) {
        if (unreadable != null) {
            return unreadable;
        }
        for (Map.Entry<String, Integer> part : touched.entrySet()) {
            int changedAt = part.getValue();
            if (changedAt > base.sequenceNumber()) {
                return part.getKey() + " was changed by operation " + changedAt + " and is not modelled here";
            }
        }
        String feature = parts.metadata.unknownFeature();
        if (feature != null) {
            return "the document's schema asks for " + feature + ", which is not known here";
        }
        for (DataStore store : stores.all().values()) {
            if (store.foreignAt() > base.sequenceNumber()) {
                return "data store /" + store.id() + " was changed by operation " + store.foreignAt()
                        + " in a way that is not modelled here";
            }
            for (Channel channel : store.channels().values()) {
                if (channel.attachedAt() >= 0 && !unchanged(channel, base) && !writable(channel)
                        && channel.changedAt() > Math.max(channel.attachedAt(), 0)) {
                    return "channel " + channel.path() + " of type " + channel.attributes().type()
                            + " was changed by operation " + channel.changedAt() + " and is not kept up to date here"
                            + (channel.quarantine() == null ? "" : ": " + channel.quarantine());
                }
            }
        }
        return null;
    }

    /** The tree of a new document, in which everything is new. */
    SummaryNode.Tree create() {
        SummaryBuilder channels = new SummaryBuilder();
        for (DataStore store : stores.all().values()) {
            SummaryBuilder inStore = new SummaryBuilder();
            for (Channel channel : store.channels().values()) {
                inStore.put(channel.id(), changed(channel));
            }
            channels.put(store.id(), new SummaryBuilder().put(DocumentFormat.CHANNELS, inStore.build())
                    .text(DocumentFormat.COMPONENT, store.component()).build());
        }
        return new SummaryBuilder().put(DocumentFormat.CHANNELS, channels.build())
                .text(DocumentFormat.METADATA, parts.metadata.value().toJson())
                .text(DocumentFormat.ALIASES, stores.writeAliases())
                .text(DocumentFormat.ELECTED_SUMMARIZER, DocumentFormat.electedSummarizer()).build();
    }

    /** The tree of a further summary. @param last the last message it covers, if one came since loading */
    SummaryNode.Tree write(SummaryBase base, @Nullable SequencedMessage last) {
        SummaryBuilder channels = new SummaryBuilder();
        for (DataStore store : stores.all().values()) {
            if (store.attached()) {
                channels.put(store.id(), write(store, base));
            }
        }
        SummaryBuilder root = new SummaryBuilder().put(DocumentFormat.CHANNELS, channels.build())
                .text(DocumentFormat.METADATA, parts.metadata.next(last).toJson())
                .text(DocumentFormat.ALIASES, stores.writeAliases());
        put(root, DocumentFormat.RECENT_BATCHES, parts.recent.write());
        put(root, DocumentFormat.CHUNKS, parts.chunks.write());
        boolean allocated = parts.ids.changedAt() > base.sequenceNumber();
        if (allocated) {
            root.text(DocumentFormat.ID_COMPRESSOR, parts.ids.write());
        }
        boolean attached = parts.blobs.changedAt() > base.sequenceNumber();
        if (attached) {
            root.put(DocumentFormat.BLOBS, parts.blobs.write());
        }
        for (Map.Entry<String, SummaryNode> entry : base.tree().entries().entrySet()) {
            String part = entry.getKey();
            boolean same = switch (part) {
                case DocumentFormat.CHANNELS, DocumentFormat.METADATA, DocumentFormat.ALIASES,
                        DocumentFormat.RECENT_BATCHES, DocumentFormat.CHUNKS -> false;
                case DocumentFormat.ID_COMPRESSOR -> !allocated;
                case DocumentFormat.BLOBS -> !attached;
                default -> !ProtocolState.ofService(part);
            };
            if (same) {
                root.put(part, handle("", part, entry.getValue()));
            }
        }
        return root.build();
    }

    private static void put(SummaryBuilder root, String part, @Nullable String text) {
        if (text != null) {
            root.text(part, text);
        }
    }

    private SummaryNode write(DataStore store, SummaryBase base) {
        String path = "/" + DocumentFormat.CHANNELS + "/" + Percent.encode(store.id());
        boolean whole = store.changedAt() <= base.sequenceNumber()
                && base.has(DocumentFormat.CHANNELS, store.id(), DocumentFormat.COMPONENT);
        SummaryBuilder channels = new SummaryBuilder();
        for (Channel channel : store.channels().values()) {
            if (channel.attachedAt() < 0) {
                continue;
            }
            boolean same = unchanged(channel, base);
            whole &= same;
            channels.put(channel.id(), same
                    ? new SummaryNode.Handle(path + "/" + DocumentFormat.CHANNELS + "/" + Percent.encode(channel.id()),
                            false)
                    : changed(channel));
        }
        if (whole) {
            return new SummaryNode.Handle(path, false);
        }
        return new SummaryBuilder().put(DocumentFormat.CHANNELS, channels.build())
                .text(DocumentFormat.COMPONENT, store.component()).build();
    }

    private static boolean unchanged(Channel channel, SummaryBase base) {
        return channel.changedAt() <= base.sequenceNumber()
                && base.has(DocumentFormat.CHANNELS, channel.dataStoreId(), DocumentFormat.CHANNELS, channel.id());
    }

    private static boolean writable(Channel channel) {
        return channel.object() != null && channel.quarantine() == null;
    }

    static SummaryNode.Tree changed(Channel channel) {
        SharedObject<?, ?> object = channel.object();
        if (object != null && channel.quarantine() == null) {
            return written(channel, object);
        }
        SummaryNode.Tree carried = channel.carried();
        return carried == null ? SummaryNode.Tree.EMPTY : carried;
    }

    static SummaryNode.Tree written(Channel channel, SharedObject<?, ?> object) {
        Map<String, SummaryNode> entries = new LinkedHashMap<>(object.summarize().entries());
        entries.put(DocumentFormat.ATTRIBUTES, SummaryNode.Blob.of(channel.attributes().toJson().toJson()));
        return new SummaryNode.Tree(entries);
    }

    private static SummaryNode handle(String folder, String name, SummaryNode node) {
        boolean blob = switch (node) {
            case SummaryNode.Blob ignored -> true;
            case SummaryNode.Tree ignored -> false;
            case SummaryNode.Handle handle -> handle.blob();
            case SummaryNode.Attachment ignored -> true;
        };
        return new SummaryNode.Handle(folder + "/" + Percent.encode(name), blob);
    }
}
