package dev.thalweg.web.rig;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;
import dev.thalweg.web.sheet.Action;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Race;
import dev.thalweg.web.sheet.Sheet;
import dev.thalweg.web.sheet.Sheets;
import dev.thalweg.web.sheet.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The rig holds everything that is known about the demo in one place, and does what the controls say. Views read it and
 * call it; it calls them only through changed(), travelled() and tell(), so that it can be tried without a browser.
 *
 * What is in flight, pending and identical is asked of the links, the containers and the structures each time it is
 * shown. Nothing here keeps a second opinion.
 */
/** The demo: a document, its clients, their links and what has been seen of the one line. */
final class Rig {
    private static final String[] NAMES = {"A", "B", "C"};
    private static final double REDELIVERY_MILLIS = 60;

    /** What the page wants to hear of the rig. */
    interface Audience {
        /** Something is different: show it again. */
        void changed();

        /** Operations set out on a client's link. @param up to the service @param millis until they are there */
        void travelled(Replica replica, boolean up, String label, double millis);

        /** The document has an address. */
        void opened(String documentId);
    }

    private final RigOptions options;
    private final Platform platform;
    private final Audience audience;
    private final List<Sheet<?>> sheets;
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> met = new HashMap<>();
    private final Map<String, Sheet<?>> paths = new HashMap<>();
    private final OpLog log;
    private Sheet<?> sheet;
    private int latency;
    private boolean jitter;
    private @Nullable Venue venue;
    private String documentId;
    private @Nullable LogEntry inspected;
    private @Nullable SummaryReport summary;
    private String said = "";
    private boolean busy;
    private boolean stopped;

    Rig(RigOptions options, Platform platform, Audience audience) {
        this.options = options;
        this.platform = platform;
        this.audience = audience;
        this.latency = options.latency();
        this.documentId = options.document();
        this.sheets = Sheets.named(options.structures());
        this.sheet = sheets.get(0);
        this.log = new OpLog(paths::get, this::nameOf);
        for (int i = 0; i < options.clients(); i++) {
            Link link = new Link(platform.timers(), platform.ids());
            link.latency(latency);
            replicas.add(new Replica(NAMES[i].equals("A") ? "a" : NAMES[i].equals("B") ? "b" : "c", NAMES[i], link));
        }
    }

    // What there is to see.

    RigOptions options() {
        return options;
    }

    List<Sheet<?>> sheets() {
        return sheets;
    }

    Sheet<?> sheet() {
        return sheet;
    }

    List<Replica> replicas() {
        return replicas;
    }

    OpLog log() {
        return log;
    }

    int latency() {
        return latency;
    }

    boolean jitter() {
        return jitter;
    }

    @Nullable
    Venue venue() {
        return venue;
    }

    String documentId() {
        return documentId;
    }

    @Nullable
    LogEntry inspected() {
        return inspected;
    }

    @Nullable
    SummaryReport summary() {
        return summary;
    }

    /** What the last control came to. */
    String said() {
        return said;
    }

    /** Whether a summary or a reload is under way. */
    boolean busy() {
        return busy;
    }

    double now() {
        return platform.timers().now();
    }

    /** Everyone who is connected besides the clients of this rig, by what they are called. */
    List<String> others() {
        List<String> others = new ArrayList<>();
        Container container = replicas.get(0).container();
        if (container != null) {
            for (String id : container.audience().members().keySet()) {
                if (!names.containsKey(id)) {
                    others.add(nameOf(id));
                }
            }
        }
        return others;
    }

    /** What the stamp says now. */
    Stamp stamp() {
        int travelling = 0;
        int everyone = Integer.MAX_VALUE;
        List<Stamp.Replica> states = new ArrayList<>();
        for (Replica replica : replicas) {
            replica.refresh();
            travelling += replica.link().travellingUp();
            everyone = Math.min(everyone, replica.sequenceNumber());
            states.add(new Stamp.Replica(replica.name(), replica.reach(),
                    log.operationsAfter(replica.sequenceNumber()), replica.pending(), replica.digest()));
        }
        log.everyoneHas(everyone);
        return Stamp.of(states, travelling);
    }

    // What can be done.

    /** Opens the document on a venue. */
    void begin(Venue venue) {
        this.venue = venue;
        if (venue.address().isEmpty()) {
            // What the address names cannot be in this page yet.
            documentId = "";
        }
        if (documentId.isEmpty()) {
            create(venue);
        } else {
            replicas.forEach(this::load);
        }
        audience.changed();
    }

    /** Ends it all. */
    void stop() {
        stopped = true;
        replicas.forEach(Replica::dispose);
    }

    void pick(Sheet<?> wanted) {
        sheet = wanted;
        audience.changed();
    }

    void act(Replica replica, String key, Action action) {
        Board<?> board = replica.board(sheet);
        if (board != null) {
            board.act(key, action);
            audience.changed();
        }
    }

    /** Whether both clients are there to race. */
    boolean canRace() {
        return replicas.get(0).container() != null && replicas.get(1).container() != null;
    }

    /** Both clients edit the same thing in the same moment. */
    void race() {
        Board<?> first = replicas.get(0).board(sheet);
        Board<?> second = replicas.get(1).board(sheet);
        if (first == null || second == null) {
            return;
        }
        Race race = first.plan(platform.ids().fraction());
        if (race == null) {
            say("Nothing left to race for: reset the sheet.");
            return;
        }
        first.race(race, Side.FIRST);
        second.race(race, Side.SECOND);
        say("A and B edited " + race.key() + " at once.");
    }

    void latency(int millis) {
        latency = millis;
        replicas.forEach(replica -> replica.link().latency(millis));
        audience.changed();
    }

    void jitter(boolean on) {
        jitter = on;
        replicas.forEach(replica -> replica.link().jitter(on));
        audience.changed();
    }

    /** Cuts a client's link, or restores it. */
    void toggleLink(Replica replica) {
        if (replica.link().isCut()) {
            replica.link().restore();
            Container container = replica.container();
            if (container != null) {
                // Not to wait for the back-off to run out.
                container.disconnect();
                container.connect();
            }
            say("Link of " + replica.name() + " restored: it catches up, then sends what it kept.");
        } else {
            replica.link().cut();
            say("Link of " + replica.name() + " cut: edit on, nothing is lost.");
        }
    }

    /** Whether there is an operation of this sheet to deliver once more. */
    boolean canRedeliver() {
        return sheet.absorbs() && log.last(sheet) != null;
    }

    /** Delivers the last operation of this sheet to every client once more, under its old number. */
    void redeliver() {
        LogEntry last = log.last(sheet);
        ChannelOp op = last == null ? null : last.op();
        if (last == null || op == null) {
            return;
        }
        double millis = Math.max(REDELIVERY_MILLIS, latency);
        Sheet<?> again = sheet;
        for (Replica replica : replicas) {
            audience.travelled(replica, false, last.mark() + " again", millis);
        }
        platform.timers().schedule(millis, () -> {
            boolean changed = false;
            for (Replica replica : replicas) {
                Board<?> board = replica.board(again);
                changed |= board != null && board.redeliver(op.contents());
            }
            log.again(last, changed);
            say(last.mark() + " was delivered again: " + (changed ? "it changed something." : "absorbed."));
        });
    }

    /** Brings the sheet back to its beginning, as edits of client A. */
    void reset() {
        Board<?> board = replicas.get(0).board(sheet);
        if (board != null) {
            board.reset();
            say("A resets the sheet by ordinary edits.");
        }
    }

    /** A client of its own, as a summarizer is, writes a summary of what is sequenced. */
    void summarize() {
        Venue at = venue;
        if (at == null || busy || documentId.isEmpty()) {
            return;
        }
        busy = true;
        say("A summarizer loads the document.");
        Container.summarize(services(at, "summarizer", new Link(platform.timers(), platform.ids()), IGNORE), documentId,
                new Outcome<>() {
                    @Override
                    public void succeeded(SummaryReport report) {
                        summary = report;
                        idle("Summary written: it holds everything up to " + LogEntry.mark(report.sequenceNumber())
                                + ".");
                    }

                    @Override
                    public void failed(Failure failure) {
                        idle("No summary: " + failure.message());
                    }
                });
    }

    /** Throws B's copy away and loads it from the latest summary and what came after. */
    void reloadFromSummary() {
        if (busy || replicas.get(1).container() == null) {
            return;
        }
        Replica replica = replicas.get(1);
        int lost = replica.pending();
        replica.dispose();
        say(lost == 0 ? "B starts over from the latest summary."
                : "B starts over from the latest summary; " + lost + " unsent edits of its old copy are gone.");
        load(replica);
    }

    /** Asks the server to start a client in a Java process. */
    void startJvmClient() {
        Venue at = venue;
        if (at == null || at.address().isEmpty()) {
            return;
        }
        say("The server starts a Java client.");
        String body = JsonObject.of("document", JsonValue.of(documentId)).toJson();
        platform.http().send(new Http.Request("POST", at.address() + "/api/demo/jvm-client",
                Map.of("Content-Type", "application/json"), body), new Outcome<>() {
                    @Override
                    public void succeeded(Http.Response response) {
                        say(response.ok()
                                ? "A Java client has joined: the same classes, on the server's JVM."
                                : "The server started no Java client: status " + response.status() + ".");
                    }

                    @Override
                    public void failed(Failure failure) {
                        say("The server started no Java client: " + failure.message());
                    }
                });
    }

    /** Shows a line of the log as it went over the wire, or nothing. */
    void inspect(@Nullable LogEntry entry) {
        inspected = entry;
        audience.changed();
    }

    void closeSummary() {
        summary = null;
        audience.changed();
    }

    /** All that was ordered and what each replica made of it, for whoever looks for the reason. */
    void trace(Outcome<String> outcome) {
        Venue at = venue;
        if (at == null) {
            return;
        }
        at.service("trace", new Link(platform.timers(), platform.ids()), IGNORE).open(documentId)
                .deltas(0, log.latest() + 1, new Outcome<>() {
                    @Override
                    public void succeeded(List<SequencedMessage> messages) {
                        outcome.succeeded(Trace.of(documentId, messages, replicas));
                    }

                    @Override
                    public void failed(Failure failure) {
                        outcome.failed(failure);
                    }
                });
    }

    // How it comes about.

    private void create(Venue at) {
        Replica first = replicas.get(0);
        Container container = Container.create(services(at, first), schema());
        adopt(first, container);
        first.boards().forEach(Board::seed);
        container.attach(new Outcome<>() {
            @Override
            public void succeeded(String id) {
                if (stopped) {
                    return;
                }
                documentId = id;
                audience.opened(id);
                replicas.subList(1, replicas.size()).forEach(Rig.this::load);
                audience.changed();
            }

            @Override
            public void failed(Failure failure) {
                say("The document could not be created: " + failure.message());
            }
        });
    }

    private void load(Replica replica) {
        Venue at = venue;
        if (at == null) {
            return;
        }
        Container.load(services(at, replica), documentId, schema(), new Outcome<>() {
            @Override
            public void succeeded(Container container) {
                if (stopped) {
                    container.dispose();
                    return;
                }
                log.atLeast(container.sequenceNumber());
                adopt(replica, container);
                audience.changed();
            }

            @Override
            public void failed(Failure failure) {
                say(replica.name() + " could not load the document: " + failure.message());
            }
        });
    }

    private void adopt(Replica replica, Container container) {
        replica.use(container);
        Map<Board<?>, List<ChannelEvent>> caused = new HashMap<>();
        for (Board<?> board : replica.boards()) {
            paths.put(container.path(board.object()), board.sheet());
            List<ChannelEvent> events = new ArrayList<>();
            caused.put(board, events);
            board.subscribe(event -> {
                events.add(event);
                audience.changed();
            });
        }
        container.subscribe(event -> heard(replica, caused, event));
        named(container.clientId(), replica.name());
    }

    private void heard(Replica replica, Map<Board<?>, List<ChannelEvent>> caused, ContainerEvent event) {
        switch (event) {
            case ContainerEvent.ConnectionChanged connection -> named(connection.clientId(), replica.name());
            case ContainerEvent.Sequenced sequenced -> judge(sequenced.message().sequenceNumber(), caused);
            case ContainerEvent.ChannelQuarantined quarantined ->
                    say(replica.name() + " has set " + quarantined.channelId() + " aside: " + quarantined.reason());
            case ContainerEvent.Nacked nacked -> say(replica.name() + " was refused: " + nacked.nack().message());
            case ContainerEvent.Closed closed -> closed(replica, closed.failure());
            case ContainerEvent.ListenerFailed failed -> throw failed.failure();
            case ContainerEvent.ReconnectScheduled scheduled -> audience.changed();
            case ContainerEvent.Dirty dirty -> audience.changed();
            case ContainerEvent.Saved saved -> audience.changed();
            case ContainerEvent.Attached attached -> audience.changed();
            case ContainerEvent.ChannelAttached attached -> audience.changed();
            case ContainerEvent.OperationUnreadable unreadable -> audience.changed();
            case ContainerEvent.SignalReceived signal -> audience.changed();
            case ContainerEvent.AudienceChanged changed -> {
                nameOf(changed.clientId());
                audience.changed();
            }
            case ContainerEvent.QuorumChanged changed -> audience.changed();
            case ContainerEvent.ProposalAccepted accepted -> audience.changed();
            case ContainerEvent.SummaryAcknowledged acknowledged -> audience.changed();
        }
    }

    /* The events of a structure come while its operation is being processed, so they belong to that number. */
    private void judge(int sequenceNumber, Map<Board<?>, List<ChannelEvent>> caused) {
        caused.forEach((board, events) -> {
            String why = events.isEmpty() ? "" : board.sheet().refusal(events);
            if (!why.isEmpty()) {
                log.refused(sequenceNumber, board.sheet(), why);
            }
            events.clear();
        });
        audience.changed();
    }

    private void closed(Replica replica, Failure failure) {
        if (failure.code() != 0) {
            say(replica.name() + " is closed: " + failure.message());
        }
    }

    private void named(@Nullable String clientId, String name) {
        if (clientId != null && names.put(clientId, name) == null) {
            log.named();
        }
        audience.changed();
    }

    /* A client that is gone is still called what it was called. */
    private String nameOf(String clientId) {
        String known = names.containsKey(clientId) ? names.get(clientId) : met.get(clientId);
        if (known != null) {
            return known;
        }
        Container container = replicas.get(0).container();
        Client client = container == null ? null : container.audience().member(clientId);
        if (client == null) {
            return "client " + clientId.substring(0, Math.min(4, clientId.length()));
        }
        String name = describe(client);
        met.put(clientId, name);
        return name;
    }

    private static String describe(Client client) {
        if (client.summarizer()) {
            return "summarizer";
        }
        String name = client.user().get("name") instanceof JsonString text ? text.value() : client.userId();
        return name.length() == 1 ? name + " in another page" : name;
    }

    private void idle(String what) {
        busy = false;
        say(what);
    }

    private void say(String what) {
        said = what;
        audience.changed();
    }

    private ContainerServices services(Venue at, Replica replica) {
        return services(at, replica.name(), replica.link(), watch(replica));
    }

    private ContainerServices services(Venue at, String user, Link link, LinkObserver observer) {
        Timers timers = platform.timers();
        Ids ids = platform.ids();
        List<ChannelType<?>> types = new ArrayList<>();
        for (Sheet<?> each : Sheets.all()) {
            types.add(each.type());
        }
        return new ContainerServices(at.service(user, link, observer), timers, ids,
                ChannelTypes.of(types.toArray(new ChannelType<?>[0])));
    }

    private static ContainerSchema schema() {
        ContainerSchema.Builder builder = ContainerSchema.builder();
        for (Sheet<?> each : Sheets.all()) {
            builder.object(each.id(), each.type());
        }
        return builder.build();
    }

    private LinkObserver watch(Replica replica) {
        return new LinkObserver() {
            @Override
            public void submitted(List<DocumentMessage> messages, String frame, double travelMillis) {
                for (DocumentMessage message : messages) {
                    travel(replica, true, ChannelOp.in(message.contents()), "", travelMillis);
                }
            }

            @Override
            public void sequenced(List<SequencedMessage> messages, String frame, double travelMillis) {
                log.sequenced(messages, frame, now());
                for (SequencedMessage message : messages) {
                    travel(replica, false, ChannelOp.in(message.contents()), LogEntry.mark(message.sequenceNumber()),
                            travelMillis);
                }
                audience.changed();
            }
        };
    }

    private void travel(Replica replica, boolean up, List<ChannelOp> operations, String number, double millis) {
        if (operations.isEmpty() || millis <= 0) {
            return;
        }
        Sheet<?> of = paths.get(operations.get(0).path());
        String words = of == null ? "op" : of.describe(operations.get(0).contents());
        String more = operations.size() > 1 ? " +" + (operations.size() - 1) : "";
        audience.travelled(replica, up, (number.isEmpty() ? words : number) + more, millis);
    }

    private static final LinkObserver IGNORE = new LinkObserver() {
        @Override
        public void submitted(List<DocumentMessage> messages, String frame, double travelMillis) {}

        @Override
        public void sequenced(List<SequencedMessage> messages, String frame, double travelMillis) {}
    };
}
