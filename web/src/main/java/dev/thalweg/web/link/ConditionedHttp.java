package dev.thalweg.web.link;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;

/** Sends requests unless the link is cut; then they fail as they do without a network. */
public final class ConditionedHttp implements Http {
    private final Http http;
    private final Link link;

    /** @param http sends the real ones */
    public ConditionedHttp(Http http, Link link) {
        this.http = http;
        this.link = link;
    }

    @Override
    public void send(Request request, Outcome<Response> outcome) {
        if (link.isCut()) {
            link.timers().schedule(0, () -> outcome.failed(Failure.passing(0, "the link is cut")));
        } else {
            http.send(request, outcome);
        }
    }
}
