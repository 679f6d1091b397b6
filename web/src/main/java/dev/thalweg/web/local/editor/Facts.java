package dev.thalweg.web.local.editor;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.web.dom.El;

/** What is known of a copy, in numbers; worked out from the whole, so not for each letter. */
final class Facts {
    private static final int DIGEST_BYTES = 4;

    private final El list = El.of("dl", "facts");
    private final El characters = value("characters");
    private final El events = value("events");
    private final El file = value("file");
    private final El digest = value("digest");
    private final El frontier = value("frontier");
    private String latest = "";

    private El value(String name) {
        El value = El.of("dd", "");
        list.add(El.of("div", name, El.of("dt", "").text(name), value));
        return value;
    }

    El el() {
        return list;
    }

    /** The digest of the text when it was last shown. */
    String digest() {
        return latest;
    }

    /** Says what is so now. @param place for whoever reads it off */
    void show(Copy copy, El place) {
        TextDocument document = copy.document();
        latest = Hex.encode(Sha256.digest(Utf8.encode(document.text())), 0, DIGEST_BYTES);
        int bytes = document.encode(true).length;
        StringBuilder ends = new StringBuilder();
        for (EventId id : document.version()) {
            ends.append(ends.isEmpty() ? "" : " ").append(id.agent()).append('·').append(id.sequence());
        }
        characters.text(Integer.toString(document.length()));
        events.text(Integer.toString(document.graph().size()));
        file.text(bytes + " B");
        digest.text(latest);
        frontier.text(ends.isEmpty() ? "none" : ends.toString());
        place.attr("data-events", document.graph().size()).attr("data-digest", latest).attr("data-file", bytes);
    }
}
