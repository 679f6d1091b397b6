package dev.thalweg.web.local.field;

import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.local.Address;
import dev.thalweg.web.local.Service;
import dev.thalweg.web.platform.BrowserChannel;
import dev.thalweg.web.platform.BrowserIds;
import dev.thalweg.web.platform.BrowserTimers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A field of water on which every tab moves a boat, with two boats of its own whose lines the reader can spoil. */
public final class FieldSheet implements SyncSession.Listener<List<RowChange>> {
    private static final double TICK = 100;
    private static final int LOG = 7;
    private static final int STEP = 4;
    private static final String NAME = "field";
    private static final String CHANNEL = "thalweg-field";
    private static final String[] NAMES = {"Tern", "Plover", "Dunlin", "Godwit", "Curlew", "Avocet", "Knot", "Ruff"};

    private final El place;
    private final BrowserTimers timers = new BrowserTimers();
    private final Water water;
    private final Chart chart = new Chart();
    private final Clocks clocks = new Clocks();
    private final El status = El.of("p", "note");
    private final El log = El.of("div", "news").attr("role", "log").attr("aria-label", "What was noticed").attr(
            "tabindex",
            "0");
    private final List<El> lines = new ArrayList<>();
    private final List<BoatCard> cards = new ArrayList<>();
    private final El share = El.button("Share by address", this::share).attr("data-control", "share");
    private @Nullable BrowserChannel channel;
    private @Nullable Service service;
    private String reach = "";
    /* 0 for the tab's own, then the boats of the page. */
    private int eyes;
    private int ticks;
    private News.@Nullable Kind told;

    private FieldSheet(El place) {
        this.place = place;
        String tab = new BrowserIds().uuid().substring(0, 6);
        water = new Water(tab, NAMES[(int) (new BrowserIds().fraction() * NAMES.length)]);
        place.attr("data-peer", water.you().peer());
    }

    /** Puts the sheet into an element. */
    public static void start(El place) {
        new FieldSheet(place).start();
    }

    private void start() {
        El name = El.of("input", "").attr("type", "text").attr("size", 10).attr("maxlength", 16)
                .attr("data-control", "name").value(water.you().name());
        name.on("change", () -> water.you().rename(name.value().isBlank() ? "Boat" : name.value().strip()));
        El offline = El.of("input", "").attr("type", "checkbox").attr("data-control", "offline");
        offline.on("change", () -> connect(!offline.checked()));
        El sail = El.of("input", "").attr("type", "checkbox").attr("data-control", "sail");
        sail.on("change", () -> water.sail(sail.checked()));
        El seenBy = El.of("select", "").attr("data-control", "eyes");
        seenBy.add(El.of("option", "").attr("value", "0").text("this tab"));
        for (int i = 0; i < water.size(); i++) {
            seenBy.add(El.of("option", "").attr("value", i + 1).text(water.boat(i).name()));
        }
        seenBy.on("change", () -> {
            eyes = Integer.parseInt(seenBy.value());
            chart.clear();
            show();
        });
        El controls = El.of("div", "controls", label("your boat ", name), label("seen by ", seenBy),
                El.of("label", "", sail, El.of("span", "").text("let the boats sail")),
                El.of("label", "", offline, El.of("span", "").text("this tab offline")),
                El.button("Open a second tab", () -> Address.openTab()).attr("data-control", "tab"),
                share);
        El frame = El.of("div", "water", chart.el()).attr("tabindex", "0").attr("role", "application")
                .attr("aria-label", "The water; arrow keys move your boat").attr("data-water", "");
        frame.onKey(this::steer);
        frame.onPress((across, down) -> move(across * Chart.WIDTH, down * Chart.HEIGHT));
        El boats = El.of("div", "boats");
        for (int i = 0; i < water.size(); i++) {
            BoatCard card = new BoatCard(water, i, timers);
            cards.add(card);
            boats.add(card.el());
        }
        place.only(List.of(controls, El.of("div", "plot", frame, clocks.el()), status, boats, log));
        connect(true);
        if (Address.isName(Address.get(NAME))) {
            share();
        }
        onHide(this::leave, () -> water.you().join());
        tick();
    }

    private static El label(String text, El input) {
        return El.of("label", "", El.of("span", "").text(text), input);
    }

    private void connect(boolean on) {
        BrowserChannel open = channel;
        if (open != null) {
            open.close();
            channel = null;
        }
        if (on) {
            BrowserChannel opened = new BrowserChannel(CHANNEL, this::hear);
            channel = opened;
            opened.send(JsonObject.builder().put("type", "hello").build().toJson());
            say(water.you().store().state());
        }
        if (service != null) {
            service.use(on);
            water.you().tell(null);
        }
        place.attr("data-state", on ? "online" : "offline");
    }

    /* The field gets a name in the address, under which it is found at the service. */
    private void share() {
        String asked = Address.get(NAME);
        String name = Address.isName(asked) ? asked : new BrowserIds().uuid().substring(0, 8);
        Address.put(NAME, name);
        share.enabled(false);
        reach = "connecting";
        Service made = new Service(Address.origin(), "field-" + name, new TableDocument(water.you().peer()),
                water.you().store(), how -> reach = how, this);
        service = made;
        made.use(channel != null);
    }

    @Override
    public void changed(List<RowChange> changes) {
        // There are no rows.
    }

    @Override
    public void present(List<EphemeralChange> changes) {
        water.you().heard(changes);
    }

    @Override
    public void synced() {
        reach = "in touch";
        SyncSession<List<RowChange>> session = service == null ? null : service.session();
        water.you().tell(session == null ? null : session::set);
    }

    @Override
    public void failed(Failure failure) {
        reach = failure.message();
        water.you().tell(null);
    }

    private void hear(String text) {
        try {
            if (!(JsonValue.parse(text) instanceof JsonObject message)) {
                throw new ProtocolException("a message is an object");
            }
            String type = message.string("type");
            switch (type) {
                case "hello" -> say(water.you().store().state());
                case "state" -> water.you().hear(EphemeralJson.readState(message.require("state")));
                default -> throw new ProtocolException("a message of type " + type);
            }
        } catch (ProtocolException e) {
            news(new News(News.Kind.REFUSED, "Refused: " + e.getMessage()));
        }
    }

    private void say(EphemeralState state) {
        BrowserChannel open = channel;
        if (open != null && !state.isEmpty()) {
            open.send(JsonObject.builder().put("type", "state").put("state", EphemeralJson.state(state)).build()
                    .toJson());
        }
    }

    private void leave() {
        say(water.leave());
    }

    private boolean steer(String key) {
        Mate you = water.you();
        switch (key) {
            case "ArrowLeft" -> move(you.x() - STEP, you.y());
            case "ArrowRight" -> move(you.x() + STEP, you.y());
            case "ArrowUp" -> move(you.x(), you.y() - STEP);
            case "ArrowDown" -> move(you.x(), you.y() + STEP);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(double x, double y) {
        water.you().move(x, y);
    }

    private void tick() {
        say(water.tick(timers.now()));
        ticks++;
        show();
        timers.schedule(TICK, this::tick);
    }

    private Mate seer() {
        return eyes == 0 ? water.you() : water.boat(eyes - 1);
    }

    private void show() {
        Mate seer = seer();
        chart.show(seer.boats(), water.you().peer(), channel == null);
        if (ticks % 3 == 0) {
            clocks.show(seer, timers.now());
        }
        cards.forEach(BoatCard::show);
        water.you().news().forEach(this::news);
        for (int i = 0; i < water.size(); i++) {
            water.boat(i).news();
        }
        place.attr("data-boats", seer.boats().size());
        status.text("This tab wrote " + water.you().writes() + " times and sent " + water.you().portions()
                + " portions, five a second at most. What is not said again is over after "
                + (int) (Mate.LIFETIME / 1000) + " s." + (reach.isEmpty() ? "" : " Service: " + reach + "."));
    }

    private void news(News news) {
        if (news.kind() == News.Kind.LATE && told == News.Kind.LATE && !lines.isEmpty()) {
            lines.remove(0);
        }
        told = news.kind();
        lines.add(0, El.of("p", "").attr("data-news", news.kind().id()).text(news.text()));
        while (lines.size() > LOG) {
            lines.remove(lines.size() - 1);
        }
        log.only(lines);
    }

    @JSFunctor
    private interface Heard extends JSObject {
        void accept();
    }

    /* A page that is kept in case the reader goes back is a page that has left, and comes back. */
    @JSBody(params = {"hidden", "shown"}, script = """
            addEventListener('pagehide', function() { hidden(); });
            addEventListener('pageshow', function(event) { if (event.persisted) shown(); });
            """)
    private static native void onHide(Heard hidden, Heard shown);
}
