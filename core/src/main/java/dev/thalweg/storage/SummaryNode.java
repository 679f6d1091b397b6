package dev.thalweg.storage;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a summary, which is a tree of named parts with text or bytes at its leaves. */
public sealed interface SummaryNode {

    /**
     * A folder.
     *
     * @param entries by name, in order; names are not encoded
     */
    record Tree(Map<String, SummaryNode> entries) implements SummaryNode {
        /** A folder with nothing in it. */
        public static final Tree EMPTY = new Tree(Map.of());

        public Tree {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The part of that name, or null. */
        public @Nullable SummaryNode get(String name) {
            return entries.get(name);
        }

        /** The folder of that name, or null when there is none or it is something else. */
        public @Nullable Tree tree(String name) {
            return entries.get(name) instanceof Tree tree ? tree : null;
        }

        /** The leaf of that name, or null when there is none or it is something else. */
        public @Nullable Blob blob(String name) {
            return entries.get(name) instanceof Blob blob ? blob : null;
        }

        /** The text of the leaf of that name, or null when there is none. */
        public @Nullable String text(String name) {
            return entries.get(name) instanceof Blob blob ? blob.text() : null;
        }

        /**
         * The text of the leaf of that name.
         *
         * @param what calls the folder in the error
         * @throws ProtocolException when there is none
         */
        public String requireText(String name, String what) throws ProtocolException {
            String text = text(name);
            if (text == null) {
                throw new ProtocolException(what + " has no " + name);
            }
            return text;
        }
    }

    /**
     * A leaf, in the form in which it travels.
     *
     * @param content text, or bytes as base64
     * @param base64  whether {@code content} is base64
     */
    record Blob(String content, boolean base64) implements SummaryNode {
        /** A leaf of text. */
        public static Blob of(String text) {
            return new Blob(text, false);
        }

        /** The bytes; of a leaf of text, its UTF-8. */
        public byte[] bytes() {
            return base64 ? Blobs.decode(content) : Utf8.encode(content);
        }

        /** The text; of a base64 leaf, its bytes read as UTF-8. */
        public String text() {
            return base64 ? Blobs.decodeText(content) : content;
        }
    }

    /**
     * A part that is as it was in the summary before.
     *
     * @param path  from the root of that summary, names URI-encoded, for example {@code /.channels/A/.channels/root}
     * @param blob  whether it is a leaf
     */
    record Handle(String path, boolean blob) implements SummaryNode {}

    /**
     * A blob that was uploaded on its own.
     *
     * @param id the id the storage gave it
     */
    record Attachment(String id) implements SummaryNode {
        private static final String FOLDER = ".blobs/";

        /**
         * Whether a leaf at that path of a document's summary is one: they are numbered, while what is said of them begins
         * with a dot.
         */
        public static boolean standsAt(String path) {
            int from = path.startsWith("/") ? 1 : 0;
            return path.startsWith(FOLDER, from) && path.length() > from + FOLDER.length()
                    && path.charAt(from + FOLDER.length()) != '.';
        }
    }
}
