package dev.thalweg.web.rig;

import dev.thalweg.container.Container;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked of the service besides edits: a summary, a fresh start from one, a client on the JVM, the record. */
final class Errands {
    private final Rig rig;
    private final Platform platform;
    private final Opener opener;
    private @Nullable SummaryReport summary;
    private boolean busy;

    Errands(Rig rig, Platform platform, Opener opener) {
        this.rig = rig;
        this.platform = platform;
        this.opener = opener;
    }

    /** The summary written last, or null when there is none or it was put away. */
    @Nullable
    SummaryReport summary() {
        return summary;
    }

    /** Whether a summary is under way. */
    boolean busy() {
        return busy;
    }

    /** A client of its own, as a summarizer is, writes a summary of what is sequenced. */
    void summarize() {
        Venue at = rig.venue();
        if (at == null || busy || rig.documentId().isEmpty()) {
            return;
        }
        busy = true;
        rig.say("A summarizer loads the document.");
        Container.summarize(opener.services(at, "summarizer"), rig.documentId(), new Outcome<>() {
            @Override
            public void succeeded(SummaryReport report) {
                summary = report;
                idle("Summary written: it holds everything up to " + LogEntry.mark(report.sequenceNumber()) + ".");
            }

            @Override
            public void failed(Failure failure) {
                idle("No summary: " + failure.message());
            }
        });
    }

    /** Puts the summary away. */
    void closeSummary() {
        summary = null;
        rig.changed();
    }

    /** Throws B's copy away and loads it from the latest summary and what came after. */
    void reloadFromSummary() {
        Venue at = rig.venue();
        Replica replica = rig.replicas().get(1);
        if (at == null || busy || replica.container() == null) {
            return;
        }
        int lost = replica.pending();
        replica.dispose();
        rig.say(lost == 0 ? "B starts over from the latest summary."
                : "B starts over from the latest summary; " + lost + " unsent edits of its old copy are gone.");
        opener.load(at, replica);
    }

    /** Asks the server to start a client in a Java process. */
    void startJvmClient() {
        Venue at = rig.venue();
        if (at == null || at.address().isEmpty()) {
            return;
        }
        rig.say("The server starts a Java client.");
        String body = JsonObject.of("document", JsonValue.of(rig.documentId())).toJson();
        platform.http().send(new Http.Request("POST", at.address() + "/api/demo/jvm-client",
                Map.of("Content-Type", "application/json"), body), new Outcome<>() {
                    @Override
                    public void succeeded(Http.Response response) {
                        rig.say(response.ok()
                                ? "A Java client has joined: the same classes, on the server's JVM."
                                : "The server started no Java client: status " + response.status() + ".");
                    }

                    @Override
                    public void failed(Failure failure) {
                        rig.say("The server started no Java client: " + failure.message());
                    }
                });
    }

    /** All that was ordered and what each replica made of it, for whoever looks for the reason. */
    void trace(Outcome<String> outcome) {
        Venue at = rig.venue();
        if (at == null) {
            return;
        }
        DocumentService document = at
                .service("trace", new Link(platform.timers(), platform.ids()), LinkObserver.NONE)
                .open(rig.documentId());
        document.latestSummary(then(outcome, stored -> {
            if (stored == null) {
                outcome.failed(Failure.permanent(404, "the document has no summary"));
                return;
            }
            document.deltas(0, rig.log().latest() + 1, then(outcome, messages -> outcome
                    .succeeded(Trace.of(rig.documentId(), stored.tree(), messages, rig.replicas()))));
        }));
    }

    /** Goes on when something succeeds. */
    private static <T extends @Nullable Object> Outcome<T> then(Outcome<?> outcome, Consumer<T> next) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                next.accept(value);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        };
    }

    private void idle(String what) {
        busy = false;
        rig.say(what);
    }
}
