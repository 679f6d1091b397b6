package dev.thalweg.web.lattices;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserTimers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The program of the sheet of lattices, which the page loads when a reader comes near it. */
public final class Lattices {
    private static final String[] LINKS = {"B – C", "A – C", "A – B"};
    private static final String[] DELAYS = {"0", "1500", "-1"};
    private static final String[] DELAY_NAMES = {"at once", "after 1.5 s", "when I say so"};

    private final El place;
    private final El status = El.of("p", "note").attr("role", "status");
    private final El body = El.of("div", "body");
    private final BrowserTimers timers = new BrowserTimers();
    private final Sheet.Network network = new Sheet.Network();
    private final List<Kind<?>> kinds = List.of(Kind.counter(), Kind.set(), Kind.map());
    private final List<El> picks = new ArrayList<>();
    private String picked = "";
    private @Nullable Sheet<?> sheet;

    private Lattices(El place) {
        this.place = place;
    }

    /** Called by the module's loader; the sheet starts when it is mounted. */
    public static void main(String[] arguments) {}

    /** Puts the sheet into an element. @param target what this program was compiled to */
    @JSExport
    public static void mount(JSObject host, String target) {
        new Lattices(El.existing(host).attr("data-target", target)).start();
    }

    private void start() {
        El picker = El.of("div", "picker").attr("role", "group").attr("aria-label", "Lattice");
        for (int i = 0; i < kinds.size(); i++) {
            Kind<?> kind = kinds.get(i);
            El pick = El.button(kind.name(), () -> pick(kind)).attr("data-pick", kind.id());
            picks.add(pick);
            picker.add(pick);
        }
        place.only(List.of(picker, controls(), status, body));
        pick(kinds.get(0));
    }

    private El controls() {
        El controls = El.of("fieldset", "network", El.of("legend", "").text("Network"));
        for (int i = 0; i < LINKS.length; i++) {
            int link = i;
            El box = El.of("input", "").attr("type", "checkbox").attr("data-control", "cut-" + link);
            box.on("change", () -> shown().cut(link, box.checked()));
            controls.add(label(box, "cut " + LINKS[i]));
        }
        El twice = El.of("input", "").attr("type", "checkbox").attr("data-control", "duplicate");
        twice.on("change", () -> shown().duplicate(twice.checked()));
        El delay = El.of("select", "").attr("data-control", "delay");
        for (int i = 0; i < DELAYS.length; i++) {
            delay.add(El.of("option", "").attr("value", DELAYS[i]).text(DELAY_NAMES[i]));
        }
        delay.on("change", () -> network.delay = Integer.parseInt(delay.value()));
        El arrive = El.of("label", "", El.of("span", "").text("messages arrive "), delay);
        return controls.add(label(twice, "each message twice"), arrive,
                El.button("Deliver all", () -> shown().deliverAll()).attr("data-control", "deliver"),
                El.button("Start over", this::restart).attr("data-control", "restart"));
    }

    private static El label(El box, String text) {
        return El.of("label", "", box, El.of("span", "").text(text));
    }

    private Sheet<?> shown() {
        if (sheet == null) {
            throw new IllegalStateException("nothing is shown yet");
        }
        return sheet;
    }

    private void restart() {
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).id().equals(picked)) {
                pick(kinds.get(i));
            }
        }
    }

    private void pick(Kind<?> kind) {
        picked = kind.id();
        for (int i = 0; i < picks.size(); i++) {
            picks.get(i).attr("aria-pressed", kinds.get(i).id().equals(picked) ? "true" : "false");
        }
        if (sheet != null) {
            sheet.close();
        }
        Sheet<?> next = open(kind);
        sheet = next;
        place.attr("data-kind", picked);
        body.only(next.parts());
        next.show();
    }

    private <S extends Lattice<S>> Sheet<S> open(Kind<S> kind) {
        return new Sheet<>(kind, network, timers, place, status);
    }
}
