package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.EntryJson;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of what Mallory sent: for each act the checks it passed, the one it did not, and the values. */
final class Judgements {
    private static final int SHORT = 12;
    private static final int LONGEST = 1200;

    private final El list = El.of("ol", "verdicts").attr("data-verdicts", "");
    private final El none = El.of("p", "note").text("Nothing was refused yet.");
    private final El panel = El.of("div", "judgements", El.of("h3", "").text("What honest replicas made of it"),
            ladder(), none, list);
    private int shown = -1;

    El el() {
        return panel;
    }

    /* The checks, with what each asks. */
    private static El ladder() {
        El steps = El.of("ol", "checks").attr("aria-label", "Checks, what costs least first");
        for (Check check : Check.values()) {
            steps.add(El.of("li", "", El.of("b", "").text(check.id()), El.of("span", "").text(check.question())));
        }
        return steps;
    }

    void show(World world) {
        int counted = 0;
        for (Verdict verdict : world.verdicts()) {
            counted += verdict.count() + verdict.act();
        }
        // What a reader has opened stays open when nothing was added.
        if (counted == shown) {
            return;
        }
        shown = counted;
        List<El> rows = new ArrayList<>();
        for (Verdict verdict : world.verdicts()) {
            rows.add(row(world, verdict));
        }
        list.only(rows);
        none.flag("hidden", !rows.isEmpty());
    }

    private static El row(World world, Verdict verdict) {
        Check check = verdict.check();
        String at = String.join(", ", verdict.replicas());
        String times = verdict.count() > verdict.replicas().size() ? ", " + verdict.count() + " times" : "";
        String end = switch (verdict.end()) {
            case REFUSED -> "Refused by " + at + times + ", check: " + (check == null ? "" : check.id());
            case FOUND_OUT -> "Taken in by " + at + ", and proved: equivocation";
            case WAITS -> "Waits at " + at + times;
            case KNOWN -> "Known to " + at + times + ", nothing changes";
        };
        El details = El.of("details", "", El.of("summary", "").text("The entry"), values(world, verdict.entry()));
        return El.of("li", "", El.of("h4", "").text(verdict.label()), El.of("p", "end").text(end),
                El.of("div", "track").only(passed(verdict.end(), check)), El.of("p", "note").text(verdict.detail()),
                details)
                .attr("data-verdict", verdict.end().id()).attr("data-check", check == null ? ""
                        : check.id())
                .attr("data-at", String.join(" ", verdict.replicas())).attr("data-count", verdict.count());
    }

    /* A mark for each check: passed, refused, or not come to. */
    private static List<El> passed(Verdict.End end, @Nullable Check check) {
        // What waits has come to its causes, what is known to its size and age.
        Check stop = check != null ? check : end == Verdict.End.WAITS ? Check.CAUSES : Check.SIZE;
        List<El> marks = new ArrayList<>();
        boolean behind = false;
        for (Check each : Check.values()) {
            String state = each == stop ? check == null ? "held" : "stopped"
                    : behind && end != Verdict.End.FOUND_OUT ? "open" : "passed";
            marks.add(El.of("i", state).attr("title", each.id() + ": " + said(state)).attr("aria-hidden", "true"));
            behind |= each == stop;
        }
        return marks;
    }

    private static String said(String state) {
        return switch (state) {
            case "passed" -> "passed";
            case "open" -> "not looked at";
            case "stopped" -> "not passed";
            default -> "ended here";
        };
    }

    private static El values(World world, SignedEntry entry) {
        String json = EntryJson.write(entry).toJson();
        String shown = json.length() > LONGEST ? json.substring(0, LONGEST) + " … " + json.length() + " characters"
                : json;
        El values = El.of("dl", "values");
        value(values, "says it is by", world.name(entry.header().author()) + ", "
                + entry.header().author().substring(0, SHORT));
        value(values, "says its digest is", entry.digest());
        value(values, "digest of its header", world.digest(entry.header()));
        value(values, "says its content has", entry.header().content());
        value(values, "digest of its content", world.digest(entry.content()));
        value(values, "from event", entry.header().first() + ", " + entry.header().events() + " in all");
        return El.of("div", "", values, El.of("pre", "json").attr("tabindex", "0").text(shown));
    }

    private static void value(El list, String name, String value) {
        list.add(El.of("div", "", El.of("dt", "").text(name), El.of("dd", "").text(value)));
    }
}
