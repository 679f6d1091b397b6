package dev.thalweg.server.storage;

import dev.thalweg.server.storage.StoreWrite.Append;
import dev.thalweg.server.storage.StoreWrite.Create;
import dev.thalweg.server.storage.StoreWrite.Put;
import dev.thalweg.server.storage.StoreWrite.SetRef;
import dev.thalweg.storage.GitObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps documents as long as the process lives. */
public final class MemoryStore implements DocumentStore {
    private static final class Document {
        final double created;
        final List<LoggedMessage> messages = new ArrayList<>();
        final List<LoggedMessage> quorumMessages = new ArrayList<>();
        final Map<String, GitObject> objects = new HashMap<>();
        final Map<String, String> refs = new HashMap<>();
        @Nullable
        String checkpoint;

        Document(double created) {
            this.created = created;
        }
    }

    private final Map<DocumentKey, Document> documents = new HashMap<>();

    @Override
    public synchronized void write(List<StoreWrite> group) throws StoreException {
        check(group);
        for (StoreWrite write : group) {
            switch (write) {
                case Create create -> {
                    Document document = new Document(create.now());
                    documents.put(create.document(), document);
                    put(document, create.objects());
                    document.refs.put(create.document().documentId(), create.ref());
                }
                case Append append -> {
                    Document document = existing(append.document());
                    document.messages.addAll(append.messages());
                    for (LoggedMessage message : append.messages()) {
                        if (message.shapesQuorum()) {
                            document.quorumMessages.add(message);
                        }
                    }
                    if (append.checkpoint() != null) {
                        document.checkpoint = append.checkpoint();
                    }
                    if (append.ref() != null) {
                        document.refs.put(append.document().documentId(), append.ref());
                    }
                }
                case Put put -> put(existing(put.document()), put.objects());
                case SetRef ref -> existing(ref.document()).refs.put(ref.name(), ref.commit());
            }
        }
    }

    /* All is checked before anything is changed, with heads and births counted along, so that a group is all or none. */
    private void check(List<StoreWrite> group) throws StoreException {
        Map<DocumentKey, Integer> heads = new HashMap<>();
        for (StoreWrite write : group) {
            DocumentKey key = write.document();
            Integer counted = heads.get(key);
            Document document = documents.get(key);
            int head = counted != null ? counted : document == null ? -1 : document.messages.size();
            if (write instanceof Create) {
                if (head >= 0) {
                    throw new StoreException("document " + key + " exists already");
                }
                head = 0;
            } else if (head < 0) {
                throw new StoreException("there is no document " + key);
            }
            if (write instanceof Append append) {
                for (LoggedMessage message : append.messages()) {
                    if (message.sequenceNumber() != head + 1) {
                        throw new StoreException("document " + key + " is at " + head + ", cannot append "
                                + message.sequenceNumber());
                    }
                    head++;
                }
            }
            heads.put(key, head);
        }
    }

    @Override
    public synchronized @Nullable Header header(DocumentKey key) {
        Document document = documents.get(key);
        return document == null ? null
                : new Header(document.created, document.messages.size(), document.checkpoint);
    }

    @Override
    public synchronized List<LoggedMessage> messages(DocumentKey key, int after, int before, int limit) {
        Document document = documents.get(key);
        if (document == null) {
            return List.of();
        }
        int from = Math.max(0, after);
        long to = Math.min(Math.min(document.messages.size(), (long) from + limit), (long) before - 1);
        return to <= from ? List.of() : List.copyOf(document.messages.subList(from, (int) to));
    }

    @Override
    public synchronized List<LoggedMessage> quorumMessages(DocumentKey key, int after, int before) {
        Document document = documents.get(key);
        List<LoggedMessage> found = new ArrayList<>();
        if (document != null) {
            for (LoggedMessage message : document.quorumMessages) {
                if (message.sequenceNumber() > after && message.sequenceNumber() < before) {
                    found.add(message);
                }
            }
        }
        return found;
    }

    @Override
    public synchronized @Nullable GitObject object(DocumentKey key, String id) {
        Document document = documents.get(key);
        return document == null ? null : document.objects.get(id);
    }

    @Override
    public synchronized @Nullable String ref(DocumentKey key, String name) {
        Document document = documents.get(key);
        return document == null ? null : document.refs.get(name);
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void close() {}

    private static void put(Document document, List<GitObject> objects) {
        for (GitObject object : objects) {
            document.objects.putIfAbsent(object.id(), object);
        }
    }

    private Document existing(DocumentKey key) throws StoreException {
        Document document = documents.get(key);
        if (document == null) {
            throw new StoreException("there is no document " + key);
        }
        return document;
    }
}
