package dev.thalweg.server.storage;

import dev.thalweg.storage.GitObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to one document, made whole or not at all. */
public sealed interface StoreWrite {
    /** The document. */
    DocumentKey document();

    /**
     * A new document. Fails when there is one of that name.
     *
     * @param objects what its first summary is made of
     * @param ref     the commit of its first summary
     * @param now     milliseconds since 1970
     */
    record Create(DocumentKey document, List<GitObject> objects, String ref, double now) implements StoreWrite {
        public Create {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Sequenced messages, each exactly one above the one before. Fails when one of these numbers is taken: two writers
     * can never both succeed.
     *
     * @param messages   the messages
     * @param checkpoint what the sequencer remembered after the last of them, or null to leave the one before
     * @param ref        the commit that is the latest from now on, or null to leave it
     */
    record Append(DocumentKey document, List<LoggedMessage> messages, @Nullable String checkpoint,
            @Nullable String ref) implements StoreWrite {
        public Append {
            messages = List.copyOf(messages);
        }
    }

    /** Objects; those that are there already stay as they are. */
    record Put(DocumentKey document, List<GitObject> objects) implements StoreWrite {
        public Put {
            objects = List.copyOf(objects);
        }
    }

    /** A ref other than the document's latest summary. */
    record SetRef(DocumentKey document, String name, String commit) implements StoreWrite {}
}
