package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.EntryHeader;
import dev.thalweg.byzantine.EquivocationProof;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replica's log: a lane for each author, in it its entries by their digests, lines from each to the entries it names. What
 * waits for its causes stands at the right, without them.
 */
final class LogDrawing {
    /* Behind one another, the latest; more would not be looked at. */
    private static final int COLUMNS = 15;
    private static final int COLUMN = 58;
    private static final int LEFT = 30;
    private static final int LANE = 26;
    private static final int TOP = 8;
    private static final int BOX = 44;
    private static final int BOX_HEIGHT = 18;
    private static final int DIGITS = 4;
    /* Three for the honest, two for Mallory: she has two histories. */
    private static final int HEIGHT = 2 * TOP + 5 * LANE;

    private final El svg = El.svg("svg", "log").attr("role", "img");

    /** Where an entry stands. */
    private record Place(SignedEntry entry, int column, int lane) {}

    El el() {
        return svg;
    }

    void show(World world, int replica) {
        List<Place> places = places(world, replica);
        int last = 0;
        for (Place place : places) {
            last = Math.max(last, place.column());
        }
        int first = Math.max(0, last + 1 - COLUMNS);
        int width = LEFT + (last - first + 1) * COLUMN;
        svg.attr("viewBox", "0 0 " + width + " " + HEIGHT).attr("width", width).attr("height", HEIGHT);
        Map<String, Place> byDigest = new HashMap<>();
        List<El> parts = new ArrayList<>();
        for (int author = 0; author <= World.HONEST; author++) {
            parts.add(El.svg("text", "lane").attr("x", 4).attr("y", TOP + author * LANE + 17)
                    .text(author == World.HONEST ? "M" : World.name(author)));
        }
        for (Place place : places) {
            byDigest.put(place.entry().digest(), place);
        }
        for (Place place : places) {
            if (place.column() >= first) {
                links(place, byDigest, first, parts);
            }
        }
        StringBuilder said = new StringBuilder("Log of replica " + World.name(replica) + ". ");
        for (Place place : places) {
            if (place.column() >= first) {
                String digest = place.entry().digest();
                boolean waits = isIn(world.waiting(replica), digest);
                boolean accused = isAccused(world, replica, digest);
                box(place, first, waits ? "entry waits" : world.isShared(digest) ? accused ? "entry twin" : "entry"
                        : "entry fresh", parts);
                say(world, place.entry(), waits, accused, said);
            }
        }
        svg.only(parts).attr("aria-label", said.toString());
    }

    private static boolean isIn(List<SignedEntry> entries, String digest) {
        for (SignedEntry entry : entries) {
            if (entry.digest().equals(digest)) {
                return true;
            }
        }
        return false;
    }

    /* Whether the entry is one of the two that prove that its author equivocates. */
    private static boolean isAccused(World world, int replica, String digest) {
        for (EquivocationProof proof : world.replica(replica).proofs()) {
            if (world.digest(proof.one().header()).equals(digest) || world.digest(proof.other().header())
                    .equals(digest)) {
                return true;
            }
        }
        return false;
    }

    /* An entry stands behind all that it names; where its author's lane is taken, below. */
    private static List<Place> places(World world, int replica) {
        List<Place> places = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        Map<String, Boolean> taken = new HashMap<>();
        int last = -1;
        List<SignedEntry> entries = new ArrayList<>(world.replica(replica).entries());
        entries.sort((a, b) -> a.digest().compareTo(b.digest()));
        // Sorted by digest, and as often as it takes until all have a place: so equal logs are drawn alike.
        while (places.size() < entries.size()) {
            for (SignedEntry entry : entries) {
                Integer column = columns.containsKey(entry.digest()) ? null : column(entry.header(), columns);
                if (column != null) {
                    columns.put(entry.digest(), column);
                    int lane = lane(world, entry, column, taken);
                    places.add(new Place(entry, column, lane));
                    last = Math.max(last, column);
                }
            }
        }
        for (SignedEntry entry : world.waiting(replica)) {
            last++;
            places.add(new Place(entry, last, lane(world, entry, last, taken)));
        }
        return places;
    }

    private static int lane(World world, SignedEntry entry, int column, Map<String, Boolean> taken) {
        int lane = world.author(entry.header().author());
        if (lane == World.HONEST && taken.put("" + column, true) != null) {
            lane++;
        }
        return lane;
    }

    private static @Nullable Integer column(EntryHeader header, Map<String, Integer> columns) {
        int column = 0;
        List<String> causes = new ArrayList<>(header.parents());
        String previous = header.previous();
        if (previous != null) {
            causes.add(previous);
        }
        for (String cause : causes) {
            Integer before = columns.get(cause);
            if (before == null) {
                return null;
            }
            column = Math.max(column, before + 1);
        }
        return column;
    }

    private static int x(Place place, int first) {
        int columns = place.column() - first;
        return LEFT + columns * COLUMN;
    }

    private static int y(Place place) {
        return TOP + place.lane() * LANE + LANE / 2;
    }

    private static void links(Place place, Map<String, Place> places, int first, List<El> parts) {
        String previous = place.entry().header().previous();
        for (String parent : place.entry().header().parents()) {
            if (!parent.equals(previous)) {
                link("link", place, places.get(parent), first, parts);
            }
        }
        if (previous != null) {
            link("link previous", place, places.get(previous), first, parts);
        }
    }

    private static void link(String css, Place place, @Nullable Place cause, int first, List<El> parts) {
        int x = x(place, first);
        if (cause == null) {
            parts.add(El.svg("path", "link missing").attr("d", "M" + x + " " + y(place) + "h-12"));
        } else if (cause.column() >= first) {
            parts.add(El.svg("path", css).attr("d", "M" + x + " " + y(place) + "L" + (x(cause, first) + BOX) + " "
                    + y(cause)));
        }
    }

    private static void box(Place place, int first, String css, List<El> parts) {
        int x = x(place, first);
        int top = y(place) - BOX_HEIGHT / 2;
        parts.add(El.svg("rect", css).attr("x", x).attr("y", top).attr("width", BOX).attr("height", BOX_HEIGHT));
        parts.add(El.svg("text", css.equals("entry twin") ? "inverse" : "").attr("x", x + 7).attr("y", top + 13)
                .text(place.entry().digest().substring(0, DIGITS)));
    }

    private static void say(World world, SignedEntry entry, boolean waits, boolean accused, StringBuilder said) {
        said.append(world.name(entry.header().author())).append(' ').append(entry.digest(), 0, DIGITS).append(' ')
                .append(word(entry)).append(waits ? ", waits for its causes" : "")
                .append(accused ? ", one of two for one place" : "").append(". ");
    }

    /** What an entry of one insertion inserts. */
    static String word(SignedEntry entry) {
        JsonValue content = entry.content();
        return content instanceof JsonArray operations && operations.size() > 0
                && operations.get(0) instanceof JsonArray operation && operation.size() > 1
                && operation.get(1) instanceof JsonString inserted ? inserted.value().trim() : "";
    }
}
