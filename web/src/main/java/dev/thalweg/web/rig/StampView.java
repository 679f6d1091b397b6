package dev.thalweg.web.rig;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.web.dom.El;

/** The stamp, what the last control came to, and, when a bug has shown, the trace of it. */
final class StampView {
    private final Rig rig;
    private final El title = El.of("b", "");
    private final El detail = El.of("span", "");
    private final El said = El.of("p", "note said").attr("role", "status").attr("aria-live", "polite");
    private final El trace;
    private final El element;

    StampView(Rig rig) {
        this.rig = rig;
        trace = El.button("Download the trace", this::download).attr("data-control", "trace").flag("hidden", true);
        El stamp = El.of("span", "stamp", title, detail).attr("role", "status").attr("aria-live", "polite");
        element = El.of("div", "stamp-line", stamp, trace, said);
    }

    El element() {
        return element;
    }

    void show(Stamp now) {
        title.text(now.title());
        detail.text(now.detail().isEmpty() ? "" : " — " + now.detail());
        said.text(rig.said());
        trace.flag("hidden", !(now instanceof Stamp.Diverged));
    }

    private void download() {
        rig.errands().trace(new Outcome<>() {
            @Override
            public void succeeded(String text) {
                El.download("thalweg-trace.json", text);
            }

            @Override
            public void failed(Failure failure) {
                said.text("The trace could not be read: " + failure.message());
            }
        });
    }
}
