package dev.thalweg.web.platform;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The browser's {@code fetch}. */
public final class BrowserHttp implements Http {
    @Override
    public void send(Request request, Outcome<Response> outcome) {
        List<String> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> {
            headers.add(name);
            headers.add(value);
        });
        fetch(request.method(), request.url(), headers.toArray(new String[0]), request.body(),
                (status, body, retryAfter) -> outcome.succeeded(new Response(status, body, retryAfter)),
                message -> outcome.failed(Failure.passing(0,
                        request.method() + " " + request.url() + ": " + message)));
    }

    @JSFunctor
    private interface Answered extends JSObject {
        void accept(int status, String body, double retryAfterSeconds);
    }

    @JSFunctor
    private interface Unanswered extends JSObject {
        void accept(String message);
    }

    /* The listener is called outside the promise, so that what it throws is reported and not taken for no answer. */
    @JSBody(params = {"method", "url", "headers", "body", "answered", "unanswered"}, script = """
            var h = new Headers();
            for (var i = 0; i < headers.length; i += 2) h.append(headers[i], headers[i + 1]);
            fetch(url, { method: method, headers: h, body: body === null ? undefined : body }).then(function(r) {
              return r.text().then(function(text) {
                var after = parseFloat(r.headers.get('Retry-After'));
                setTimeout(function() { answered(r.status, text, after > 0 ? after : 0); }, 0);
              });
            }).catch(function(e) {
              setTimeout(function() { unanswered(String(e && e.message || e)); }, 0);
            });
            """)
    private static native void fetch(String method, String url, String[] headers, @Nullable String body,
            Answered answered, Unanswered unanswered);
}
