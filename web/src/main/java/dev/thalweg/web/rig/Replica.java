package dev.thalweg.web.rig;

import dev.thalweg.container.AttachState;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonObject;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Crew;
import dev.thalweg.web.sheet.Sheet;
import dev.thalweg.web.sheet.Sheets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client of the rig: its container, once it is there, and the link the container's socket goes over. */
final class Replica {
    /** The first loss may be the link's own; a try after it that fails too is the server's. */
    private static final int NOT_REACHED = 2;

    private final String id;
    private final String name;
    private final Link link;
    private final Crew crew;
    private @Nullable Container container;
    private List<Board<?>> boards = List.of();
    private String digest = "";
    private boolean met;
    private int unanswered;

    /** @param id as in {@code data-client} @param name what it is called @param names what connections are called */
    Replica(String id, String name, Link link, Names names) {
        this.id = id;
        this.name = name;
        this.link = link;
        this.crew = new Crew() {
            @Override
            public String self() {
                return name;
            }

            @Override
            public String name(String clientId) {
                return names.of(clientId);
            }
        };
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    Link link() {
        return link;
    }

    /** Its container, or null while it is being loaded. */
    @Nullable
    Container container() {
        return container;
    }

    /** Takes a container into use. */
    void use(Container container) {
        this.container = container;
        List<Board<?>> made = new ArrayList<>();
        for (Sheet<?> sheet : Sheets.all()) {
            Board<?> board = Board.of(sheet, container, crew);
            if (board != null) {
                made.add(board);
            }
        }
        boards = List.copyOf(made);
    }

    /** Closes the container; edits it had not sent are gone. */
    void dispose() {
        Container old = container;
        container = null;
        met = false;
        unanswered = 0;
        boards = List.of();
        digest = "";
        if (old != null) {
            old.dispose();
        }
    }

    /** All its boards, none while it is being loaded. */
    List<Board<?>> boards() {
        return boards;
    }

    /** Its board of a sheet, or null while it is being loaded and when the document has no such object. */
    @Nullable
    Board<?> board(Sheet<?> sheet) {
        for (Board<?> board : boards) {
            if (board.sheet() == sheet) {
                return board;
            }
        }
        return null;
    }

    /** Computes the digest of what it shows, over all sheets. A document that nobody else can see yet needs none. */
    void refresh() {
        if (boards.isEmpty() || !attached()) {
            return;
        }
        JsonObject.Builder all = JsonObject.builder();
        for (Board<?> board : boards) {
            all.put(board.sheet().id(), board.snapshot());
        }
        digest = CanonicalJson.digest(all.build());
    }

    private boolean attached() {
        return container != null && container.attachState() == AttachState.ATTACHED;
    }

    /** The digest as of the last {@link #refresh}, empty while it is being loaded. */
    String digest() {
        return digest;
    }

    int pending() {
        return container == null ? 0 : container.pendingCount();
    }

    int sequenceNumber() {
        return container == null ? 0 : container.sequenceNumber();
    }

    /** How it stands to its service. */
    Stamp.Reach reach() {
        if (link.isCut()) {
            return Stamp.Reach.CUT;
        }
        Container present = container;
        if (present != null && present.connectionState() == ConnectionState.CONNECTED) {
            met = true;
            return Stamp.Reach.CONNECTED;
        }
        if (!met) {
            return Stamp.Reach.LOADING;
        }
        return unanswered >= NOT_REACHED ? Stamp.Reach.UNREACHED : Stamp.Reach.SEARCHING;
    }

    /** A connection was lost or did not come about. @return whether from now on the server counts as not reached */
    boolean unanswered() {
        // Over a link that was cut nobody could have answered.
        return !link.isCut() && ++unanswered == NOT_REACHED;
    }

    /** It is connected. @return whether the server counted as not reached */
    boolean answered() {
        boolean missed = unanswered >= NOT_REACHED;
        unanswered = 0;
        return missed;
    }

    /** As it stands in {@code data-connection}. */
    String connection() {
        Container present = container;
        if (present == null || !attached()) {
            return "connecting";
        }
        return switch (present.connectionState()) {
            case CONNECTED -> "connected";
            case CONNECTING, CATCHING_UP -> link.isCut() ? "disconnected" : "connecting";
            case DISCONNECTED, CLOSED -> "disconnected";
        };
    }
}
