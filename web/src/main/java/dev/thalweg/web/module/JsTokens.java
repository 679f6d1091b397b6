package dev.thalweg.web.module;

import dev.thalweg.driver.TokenProvider;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Tokens from an object of JavaScript with a {@code fetchToken}. */
final class JsTokens implements TokenProvider {
    private final JSObject provider;

    JsTokens(JSObject provider) {
        Js.function(Js.member(provider, "fetchToken"), "tokenProvider.fetchToken");
        this.provider = provider;
    }

    @JSFunctor
    private interface Answered extends JSObject {
        void accept(JSObject token);
    }

    @JSFunctor
    private interface Refused extends JSObject {
        void accept(String message);
    }

    @Override
    public void token(Request request, Outcome<String> outcome) {
        fetch(provider, Js.out(Plain.object().put("tenantId", request.tenantId())
                .put("documentId", request.documentId()).put("refresh", request.refresh()).build()), token -> {
                    String text = null;
                    try {
                        text = Js.text(token, "a token");
                    } catch (IllegalArgumentException e) {
                        outcome.failed(Failure.permanent(0, "tokenProvider: " + e.getMessage()));
                    }
                    if (text != null) {
                        outcome.succeeded(text);
                    }
                }, message -> outcome.failed(Failure.passing(0, "tokenProvider: " + message)));
    }

    /* The answer is taken outside of the promise, so that what it throws is reported and not taken for a refusal. */
    @JSBody(params = {"provider", "request", "answered", "refused"}, script = """
            new Promise(function(resolve) { resolve(provider.fetchToken(request)); }).then(
              function(token) { setTimeout(function() { answered(token); }, 0); },
              function(e) { setTimeout(function() { refused(String(e && e.message || e)); }, 0); });""")
    private static native void fetch(JSObject provider, JSObject request, Answered answered, Refused refused);
}
