package dev.thalweg.driver;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The token for one document, asked for once for all who wait for it, and again before it expires. */
final class Tokens {
    /* A token that expires sooner than this might do so on its way. */
    private static final double MARGIN_MILLIS = 30_000;

    private final TokenProvider provider;
    private final Timers timers;
    private final String tenant;
    private final String documentId;
    private final List<Outcome<String>> waiting = new ArrayList<>();
    private @Nullable String token;
    private double expires;

    Tokens(TokenProvider provider, Timers timers, String tenant, String documentId) {
        this.provider = provider;
        this.timers = timers;
        this.tenant = tenant;
        this.documentId = documentId;
    }

    /** Gives the token. */
    void get(Outcome<String> outcome) {
        String known = token;
        if (known == null) {
            ask(false, outcome);
        } else if (timers.now() > expires - MARGIN_MILLIS) {
            ask(true, outcome);
        } else {
            outcome.succeeded(known);
        }
    }

    /** Gives another token than the one that was refused; whoever comes second gets what the first one got. */
    void getInsteadOf(@Nullable String refused, Outcome<String> outcome) {
        String known = token;
        if (known != null && !known.equals(refused)) {
            outcome.succeeded(known);
        } else {
            ask(true, outcome);
        }
    }

    /** What was given last, or null. */
    @Nullable
    String last() {
        return token;
    }

    private void ask(boolean refresh, Outcome<String> outcome) {
        waiting.add(outcome);
        if (waiting.size() > 1) {
            return;
        }
        provider.token(new TokenProvider.Request(tenant, documentId, refresh), new Outcome<>() {
            @Override
            public void succeeded(String value) {
                token = value;
                expires = expiry(value);
                for (Outcome<String> one : drain()) {
                    one.succeeded(value);
                }
            }

            @Override
            public void failed(Failure failure) {
                for (Outcome<String> one : drain()) {
                    one.failed(failure);
                }
            }
        });
    }

    private List<Outcome<String>> drain() {
        List<Outcome<String>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** When a JWT says that it expires, milliseconds since 1970; never, when it cannot be read. */
    static double expiry(String jwt) {
        int first = jwt.indexOf('.');
        int second = jwt.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            String claims = Utf8.decode(Base64.getUrlDecoder().decode(jwt.substring(first + 1, second)));
            JsonValue value = JsonValue.parse(claims, new JsonLimits(16, 65_536));
            return JsonCasts.object(value, "claims").number("exp") * 1000;
        } catch (IllegalArgumentException | ProtocolException e) {
            /* Not every service uses a JWT; the service says when it is of no use any more. */
            return Double.POSITIVE_INFINITY;
        }
    }
}
