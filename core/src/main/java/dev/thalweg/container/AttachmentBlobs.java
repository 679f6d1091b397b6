package dev.thalweg.container;

import dev.thalweg.dds.Handle;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The blobs of a document that lie in the storage by themselves: handles name them, nothing is in the operations. */
/*
 * A blob is uploaded first, then an operation says that it belongs to the document and under which name, the local id,
 * handles speak of it. The storage's id is the hash of the bytes, so that equal blobs have one; a handle may name that too.
 */
final class AttachmentBlobs implements PendingOp.Owner {
    private static final String REDIRECTS = ".redirectTable";

    private final Submissions submissions;
    private final Ids ids;
    private final Map<String, String> redirects = new LinkedHashMap<>();
    private final Set<String> stored = new LinkedHashSet<>();
    private final Map<String, Outcome<Handle>> awaited = new LinkedHashMap<>();
    private int changedAt;
    private @Nullable Failure closed;

    AttachmentBlobs(Submissions submissions, Ids ids) {
        this.submissions = submissions;
        this.ids = ids;
    }

    /** When one was added last, 0 when none was since loading. */
    int changedAt() {
        return changedAt;
    }

    /** Uploads bytes and makes them part of the document. */
    void upload(DocumentService service, byte[] bytes, Outcome<Handle> outcome) {
        service.createBlob(bytes, new Outcome<>() {
            @Override
            public void succeeded(String storageId) {
                Failure ended = closed;
                if (ended != null) {
                    outcome.failed(ended);
                    return;
                }
                String localId = ids.uuid();
                awaited.put(localId, outcome);
                // Alone in its message, as stock clients send it.
                submissions.flush();
                submissions.submit(new PendingOp.AttachBlob(AttachmentBlobs.this, localId, storageId));
                submissions.flush();
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /** The storage's id of a blob that a handle names, or null when the document has none of that name. */
    @Nullable
    String find(String name) {
        String storageId = redirects.get(name);
        return storageId == null && stored.contains(name) ? name : storageId;
    }

    /** A sequenced message says that a blob belongs to the document. */
    void attached(JsonObject metadata, int sequenceNumber) throws ProtocolException {
        String storageId = metadata.string("blobId");
        String localId = metadata.optionalString("localId");
        add(localId == null ? storageId : localId, storageId);
        changedAt = sequenceNumber;
    }

    @Override
    public void acknowledge(PendingOp operation, OperationContext context) {
        if (operation instanceof PendingOp.AttachBlob blob) {
            add(blob.localId(), blob.storageId());
            changedAt = context.sequenceNumber();
            Outcome<Handle> outcome = awaited.remove(blob.localId());
            if (outcome != null) {
                outcome.succeeded(Handle.blob(blob.localId()));
            }
        }
    }

    @Override
    public void resubmit(PendingOp operation) {
        submissions.submit(operation);
    }

    @Override
    public void rollback(PendingOp operation) {
        if (operation instanceof PendingOp.AttachBlob blob) {
            Outcome<Handle> outcome = awaited.remove(blob.localId());
            if (outcome != null) {
                outcome.failed(Failure.passing(0, "taken back with the batch it was made in"));
            }
        }
    }

    /** The container is closed: nobody will hear of these. */
    void closed(Failure failure) {
        closed = failure;
        List<Outcome<Handle>> outcomes = new ArrayList<>(awaited.values());
        awaited.clear();
        outcomes.forEach(outcome -> outcome.failed(failure));
    }

    /** Takes over what a summary says. */
    void load(SummaryNode.@Nullable Tree tree) throws ProtocolException {
        if (tree == null) {
            return;
        }
        for (Map.Entry<String, SummaryNode> entry : tree.entries().entrySet()) {
            if (!entry.getKey().equals(REDIRECTS)) {
                switch (entry.getValue()) {
                    case SummaryNode.Attachment attachment -> stored.add(attachment.id());
                    case SummaryNode.Blob blob -> stored.add(Blobs.id(blob.bytes()));
                    case SummaryNode.Tree ignored -> {}
                    case SummaryNode.Handle ignored -> {}
                }
            }
        }
        String table = tree.text(REDIRECTS);
        if (table == null) {
            return;
        }
        for (JsonValue value : JsonCasts.array(JsonValue.parse(table), REDIRECTS).values()) {
            List<String> pair = JsonCasts.array(value, REDIRECTS).strings();
            if (pair.size() != 2) {
                throw new ProtocolException(REDIRECTS + ": expected pairs");
            }
            add(pair.get(0), pair.get(1));
        }
    }

    /** As a summary keeps it: what lies in the storage, by number, and the names that differ from its ids. */
    SummaryNode.Tree write() {
        SummaryBuilder folder = new SummaryBuilder();
        int number = 0;
        for (String id : stored) {
            folder.put(Integer.toString(number++), new SummaryNode.Attachment(id));
        }
        List<JsonValue> pairs = new ArrayList<>();
        redirects.forEach((localId, id) -> pairs.add(JsonArray.of(new JsonString(localId), new JsonString(id))));
        if (!pairs.isEmpty()) {
            folder.text(REDIRECTS, new JsonArray(pairs).toJson());
        }
        return folder.build();
    }

    private void add(String localId, String storageId) {
        stored.add(storageId);
        if (!localId.equals(storageId)) {
            redirects.put(localId, storageId);
        }
    }
}
