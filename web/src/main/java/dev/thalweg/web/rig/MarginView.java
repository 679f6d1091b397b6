package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import java.util.List;

/** The notes in the margin: what runs here, who else is there, and the address of the document. */
final class MarginView {
    private final Rig rig;
    private final El program = El.of("p", "note").attr("data-note", "target");
    private final El present = El.of("p", "note").attr("data-note", "audience");
    private final El address = El.of("p", "note").attr("data-note", "document");
    private final El other = El.of("a", "");
    private final El element;

    MarginView(Rig rig) {
        this.rig = rig;
        RigOptions options = rig.options();
        boolean wasm = options.target().equals("wasm-gc");
        El text = El.of("span", "").text((wasm ? "WebAssembly GC" : "JavaScript") + size(options.transferBytes()) + ", "
                + options.loadMillis() + " ms to load");
        program.add(text);
        if (!options.embedded()) {
            program.add(El.of("span", "").text(" · "), other.attr("data-control", "target")
                    .text(wasm ? "run as JavaScript" : "run as WebAssembly"));
        }
        element = El.of("div", "margin", program, present, address);
    }

    El element() {
        return element;
    }

    void show() {
        List<String> others = rig.others();
        StringBuilder names = new StringBuilder("here: ");
        for (Replica replica : rig.replicas()) {
            names.append(replica.name()).append(' ');
        }
        for (String other : others) {
            names.append("+ ").append(other).append(' ');
        }
        present.text(names.toString().trim());
        other.attr("href", other(rig.options(), rig.documentId()));
        address.text(rig.documentId().isEmpty() ? "document: being created" : "document " + rig.documentId());
    }

    /* The other program, on the same document, where another page can find it. */
    private static String other(RigOptions options, String documentId) {
        String target = options.target().equals("wasm-gc") ? "?target=js" : "?target=wasm-gc";
        if (options.loopback()) {
            return target + "&loopback";
        }
        return target + (options.server().isEmpty() ? "" : "&server=" + options.server())
                + (documentId.isEmpty() ? "" : "#doc=" + documentId);
    }

    private static String size(int bytes) {
        return bytes <= 0 ? "" : ", " + (bytes + 500) / 1000 + " kB";
    }
}
