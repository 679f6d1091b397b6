package dev.thalweg.web.local.table;

import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.platform.BrowserPlatform;
import dev.thalweg.web.rig.DemoTokens;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A copy's way to the service that served the page, where the copies of other machines meet. */
final class Service {
    /* Well before a token is over. */
    private static final double RENEWAL = 20 * 60_000;

    private final Platform platform = BrowserPlatform.create();
    private final String document;
    private final DemoTokens tokens;
    private final SyncSession session;
    private final Consumer<String> told;
    private String token = "";
    private boolean wanted;

    /**
     * One that is not used yet.
     *
     * @param told hears how it stands, for the reader
     */
    Service(String address, String document, TableDocument tables, EphemeralStore presence, Consumer<String> told,
            SyncSession.Listener listener) {
        this.document = document;
        this.told = told;
        tokens = new DemoTokens(platform.http(), address, tables.agent());
        session = new SyncSession(platform, address, () -> token, tables, presence, SyncLimits.DEFAULT, listener);
    }

    /** Connects, or lets go. */
    void use(boolean on) {
        wanted = on;
        if (!on) {
            session.stop();
        } else if (token.isEmpty()) {
            renew();
        } else {
            session.start();
        }
    }

    @Nullable
    SyncSession session() {
        return wanted && !token.isEmpty() ? session : null;
    }

    private void renew() {
        tokens.grant(document, new Outcome<>() {
            @Override
            public void succeeded(DemoTokens.Grant grant) {
                token = grant.token();
                if (wanted) {
                    session.start();
                }
                platform.timers().schedule(RENEWAL, Service.this::renew);
            }

            @Override
            public void failed(Failure failure) {
                told.accept("no service here");
                if (failure.retryable()) {
                    platform.timers().schedule(5_000, () -> use(wanted));
                }
            }
        });
    }
}
