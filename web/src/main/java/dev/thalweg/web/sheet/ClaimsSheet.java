package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.claims.ClaimOutcome;
import dev.thalweg.dds.claims.ClaimsEvent;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Duty stations in Claims: a race is two crews reporting for the same one. */
final class ClaimsSheet implements Sheet<SharedClaims> {
    private static final String[] STATIONS = {"north-levee", "spillway-gate", "pump-house"};
    private static final @Nullable String[] HOLDERS = {null, null, "Survey"};
    private static final String FREE = "free";

    /** What a client was told of its last claim on a station. */
    private final Desk.All<SharedClaims, String> desks = new Desk.All<>();

    @Override
    public String id() {
        return "claims";
    }

    @Override
    public String title() {
        return "Duty stations";
    }

    @Override
    public String structure() {
        return "Claims";
    }

    @Override
    public Group group() {
        return Group.OURS;
    }

    @Override
    public String rule() {
        return "The first claim in line wins, if it knew the holder it replaces; nobody holds before that.";
    }

    @Override
    public ChannelType<SharedClaims> type() {
        return SharedClaims.TYPE;
    }

    @Override
    public void seed(SharedClaims claims) {
        reset(claims, "");
    }

    @Override
    public List<Row> rows(SharedClaims claims, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String station : STATIONS) {
            String holder = Texts.shown(holder(claims, station));
            boolean pending = claims.pending(station);
            String note = pending ? filed(claims, station) : desks.of(claims).note(station);
            Move move = holder.equals(crew.self())
                    ? new Move(Action.CLAIM, "Release", "Release " + station, !pending)
                    : holder.equals(FREE)
                            ? new Move(Action.CLAIM, "Claim", "Claim " + station, !pending)
                            : new Move(Action.CLAIM, "Relieve", "Relieve " + holder + " at " + station, !pending);
            rows.add(new Row(station, holder, "", pending, Row.Look.WORD, note, List.of(move)));
        }
        return rows;
    }

    private static String filed(SharedClaims claims, String station) {
        return claims.filed(station) == JsonNull.NULL
                ? "release filed, outcome unknown"
                : "claim filed, outcome unknown";
    }

    @Override
    public void act(SharedClaims claims, String key, Action action, String self) {
        switch (action) {
            case CLAIM -> {
                if (Texts.shown(claims.holder(key)).equals(self)) {
                    claims.release(key, outcome -> settled(claims, key, outcome));
                } else {
                    file(claims, key, self);
                }
            }
            default -> throw Texts.cannot(this, action);
        }
    }

    @Override
    public String raceLabel() {
        return "Race: claim the same station";
    }

    @Override
    public @Nullable Race plan(SharedClaims claims, double chance) {
        List<String> free = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String station : STATIONS) {
            if (!claims.pending(station)) {
                (claims.holder(station) == null ? free : held).add(station);
            }
        }
        List<String> choice = free.isEmpty() ? held : free;
        return choice.isEmpty() ? null : new Race(choice.get((int) (chance * choice.size())), 0);
    }

    @Override
    public void race(SharedClaims claims, Race race, Side side, String self) {
        file(claims, race.key(), self);
    }

    @Override
    public void reset(SharedClaims claims, String self) {
        desks.of(claims).clear();
        for (int i = 0; i < STATIONS.length; i++) {
            String station = STATIONS[i];
            String holder = HOLDERS[i];
            if (!Texts.shown(holder(claims, station)).equals(holder == null ? FREE : holder)) {
                claims.compareAndSet(station, holder == null ? JsonNull.NULL : JsonValue.of(holder),
                        outcome -> settled(claims, station, outcome));
            }
        }
    }

    private void file(SharedClaims claims, String station, String self) {
        desks.of(claims).settle(station, "");
        claims.compareAndSet(station, JsonValue.of(self), outcome -> settled(claims, station, outcome));
    }

    private void settled(SharedClaims claims, String station, ClaimOutcome outcome) {
        String note = switch (outcome) {
            case ClaimOutcome.Accepted accepted -> "";
            case ClaimOutcome.Lost lost -> "lost: " + said(lost.holder()) + " was first in line";
            case ClaimOutcome.AlreadyClaimed claimed -> "refused: " + said(claimed.holder()) + " holds it";
            case ClaimOutcome.AlreadyPending pending -> "refused: a claim is filed already";
            case ClaimOutcome.Aborted aborted -> "taken back before it was sent";
            case ClaimOutcome.Unknown unknown -> "outcome unknown: " + unknown.reason();
        };
        desks.of(claims).settle(station, note);
    }

    @Override
    public String describe(JsonObject operation) {
        JsonValue value = operation.get("value");
        String station = Texts.word(operation, "key");
        return value == null || value == JsonNull.NULL
                ? "release " + station
                : "claim " + station + " for " + Texts.shown(value);
    }

    @Override
    public String refusal(List<ChannelEvent> events) {
        for (ChannelEvent event : events) {
            if (event instanceof ClaimsEvent.Lost lost) {
                return "refused, " + said(lost.holder()) + " was first";
            }
        }
        return "";
    }

    /* A levee with its three posts: a flag for who holds one, a dashed flag for who has asked. */
    @Override
    public List<Shape> drawing(SharedClaims claims, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(Shape.path("earth", "M4 74L26 60H294L316 74Z"));
        for (int i = 0; i < STATIONS.length; i++) {
            int x = 52 + i * 104;
            JsonValue holder = claims.holder(STATIONS[i]);
            JsonValue filed = claims.filed(STATIONS[i]);
            shapes.add(Shape.line("ink", x, 60, x, 8));
            if (holder != null) {
                shapes.add(Shape.path("paper", "M" + x + " 8H" + (x + 46) + "V26H" + x + "Z"));
                shapes.add(Shape.text("", x + 6, 20, cropped(Texts.shown(holder))));
            }
            if (filed != null) {
                shapes.add(Shape.path("draft", "M" + x + " 32H" + (x + 46) + "V50H" + x + "Z"));
                shapes.add(Shape.text("draft-text", x + 6, 44,
                        filed == JsonNull.NULL ? "leave?" : cropped(Texts.shown(filed)) + "?"));
            }
            shapes.add(Shape.centred("", x, 88, STATIONS[i]));
        }
        return shapes;
    }

    private static JsonValue holder(SharedClaims claims, String station) {
        JsonValue holder = claims.holder(station);
        return holder == null ? JsonValue.of(FREE) : holder;
    }

    private static String said(JsonValue holder) {
        return holder == JsonNull.NULL ? "a release" : Texts.shown(holder);
    }

    private static String cropped(String text) {
        return text.length() <= 7 ? text : text.substring(0, 6) + "…";
    }
}
