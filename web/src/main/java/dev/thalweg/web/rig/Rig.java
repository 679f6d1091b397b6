package dev.thalweg.web.rig;

import dev.thalweg.container.Container;
import dev.thalweg.platform.Platform;
import dev.thalweg.protocol.Client;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.sheet.Action;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Race;
import dev.thalweg.web.sheet.Sheet;
import dev.thalweg.web.sheet.Sheets;
import dev.thalweg.web.sheet.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * The rig holds everything that is known about the demo in one place, and does what the controls say. Views read it and
 * call it; it calls them only through its audience, so that it can be tried without a browser. How replicas get their
 * containers (Opener), what is heard of them (Witness, Names) and what is asked of the service besides edits (Errands)
 * are parts of it in files of their own.
 *
 * What is in flight, pending and identical is asked of the links, the containers and the structures each time it is
 * shown. Nothing here keeps a second opinion.
 */
/** The demo: a document, its clients, their links and what has been seen of the one line. */
final class Rig {
    private static final List<String> NAMES = List.of("A", "B", "C");
    private static final List<String> IDS = List.of("a", "b", "c");
    private static final double REDELIVERY_MILLIS = 60;

    /** What the page wants to hear of the rig. */
    interface Audience {
        /** Something is different: show it again. */
        void changed();

        /** Operations set out on a client's link. @param up to the service @param millis until they are there */
        void travelled(Replica replica, boolean up, String label, double millis);

        /** The document has an address. */
        void opened(String documentId);

        /** The reader chose what to look at. */
        void picked(String sheetId);
    }

    private final RigOptions options;
    private final Platform platform;
    private final Audience audience;
    private final List<Sheet<?>> sheets;
    private final List<Replica> replicas = new ArrayList<>();
    private final Names names;
    private final OpLog log;
    private final Opener opener;
    private final Errands errands;
    private Sheet<?> sheet;
    private int latency;
    private boolean jitter;
    private @Nullable Venue venue;
    private String documentId;
    private @Nullable LogEntry inspected;
    private String said = "";

    Rig(RigOptions options, Platform platform, Audience audience) {
        this.options = options;
        this.platform = platform;
        this.audience = audience;
        this.latency = options.latency();
        this.documentId = options.document();
        this.sheets = Sheets.named(options.structures());
        this.sheet = sheets.get(0);
        this.names = new Names(this::present);
        Witness witness = new Witness(this, names);
        this.log = new OpLog(witness::sheetAt, names::of);
        this.opener = new Opener(this, platform, witness);
        this.errands = new Errands(this, platform, opener);
        for (int i = 0; i < options.clients(); i++) {
            Link link = new Link(platform.timers(), platform.ids());
            link.latency(latency);
            replicas.add(new Replica(IDS.get(i), NAMES.get(i), link, names));
        }
    }

    // What there is to see.

    Audience audience() {
        return audience;
    }

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

    /** What is asked of the service besides edits. */
    Errands errands() {
        return errands;
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

    /** What the last control came to. */
    String said() {
        return said;
    }

    double now() {
        return platform.timers().now();
    }

    /** Everyone who is connected besides the clients of this rig, by what they are called. */
    List<String> others() {
        Container container = replicas.get(0).container();
        return container == null ? List.of() : names.others(container.audience().members().keySet());
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

    /** Makes a new document, unless there is one, that can be edited before there is a venue for it. */
    void draft() {
        if (replicas.get(0).container() == null) {
            opener.draft();
            changed();
        }
    }

    /** Opens the document on a venue. */
    void begin(Venue venue) {
        this.venue = venue;
        if (venue.address().isEmpty()) {
            // What the address names cannot be in this page yet.
            documentId = "";
        }
        if (documentId.isEmpty()) {
            draft();
            opener.create(venue);
        } else {
            replicas.forEach(replica -> opener.load(venue, replica));
        }
        changed();
    }

    /** Ends it all. */
    void stop() {
        opener.stop();
        replicas.forEach(Replica::dispose);
    }

    void pick(Sheet<?> wanted) {
        opener.seed();
        sheet = wanted;
        audience.picked(wanted.id());
        changed();
    }

    /** Whether the document has what a sheet shows, as far as is known. */
    boolean present(Sheet<?> wanted) {
        Replica first = replicas.get(0);
        return first.container() == null || first.board(wanted) != null;
    }

    /** Goes to another sheet when the document does not have the one that is shown. */
    void leaveAbsentSheet(Replica replica) {
        if (replica.board(sheet) == null) {
            for (Sheet<?> other : sheets) {
                if (replica.board(other) != null) {
                    pick(other);
                    return;
                }
            }
        }
    }

    void act(Replica replica, String key, Action action) {
        Board<?> board = replica.board(sheet);
        if (board != null) {
            board.act(key, action);
            changed();
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
        changed();
    }

    void jitter(boolean on) {
        jitter = on;
        replicas.forEach(replica -> replica.link().jitter(on));
        changed();
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

    /** Whether the structure of this sheet absorbs an operation that comes twice. */
    boolean absorbs() {
        Board<?> board = replicas.get(0).board(sheet);
        return board != null && board.absorbs();
    }

    /** Whether there is an operation of this sheet to deliver once more. */
    boolean canRedeliver() {
        return absorbs() && log.last(sheet) != null;
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
            for (Replica replica : replicas) {
                Board<?> own = replica.board(sheet);
                if (own != null) {
                    own.relinquish();
                }
            }
            board.reset();
            say("A resets the sheet by ordinary edits.");
        }
    }

    /** Shows a line of the log as it went over the wire, or nothing. */
    void inspect(@Nullable LogEntry entry) {
        inspected = entry;
        changed();
    }

    // What its parts tell it.

    /** The document has an address. */
    void opened(String id) {
        documentId = id;
        audience.opened(id);
        changed();
    }

    /** Something is different. */
    void changed() {
        audience.changed();
    }

    /** Says what something came to. */
    void say(String what) {
        said = what;
        changed();
    }

    private @Nullable Client present(String clientId) {
        Container container = replicas.get(0).container();
        return container == null ? null : container.audience().member(clientId);
    }
}
