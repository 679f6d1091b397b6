package dev.thalweg.web.local;

import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.platform.BrowserPlatform;
import dev.thalweg.web.rig.DemoTokens;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way to the service that served the page, where the tables and the presence of other machines meet. */
public final class Service {
    /* Well before a token is over. */
    private static final double RENEWAL = 20 * 60_000;

    private final Platform platform = BrowserPlatform.create();
    private final String document;
    private final DemoTokens tokens;
    private final SyncSession<List<RowChange>> session;
    private final Consumer<String> told;
    private String token = "";
    private boolean wanted;

    /**
     * One that is not used yet.
     *
     * @param address  of the service
     * @param document whose tables and presence these are there
     * @param told hears how it stands, for the reader
     */
    public Service(String address, String document, TableDocument tables, EphemeralStore presence,
            Consumer<String> told,
            SyncSession.Listener<List<RowChange>> listener) {
        this.document = document;
        this.told = told;
        tokens = new DemoTokens(platform.http(), address, tables.agent());
        session = new SyncSession<>(platform, address, () -> token, tables, presence, SyncLimits.DEFAULT, listener);
    }

    /** Connects, or lets go. */
    public void use(boolean on) {
        wanted = on;
        if (!on) {
            session.stop();
        } else if (token.isEmpty()) {
            renew();
        } else {
            session.start();
        }
    }

    /** What keeps in touch, or null while there is no way. */
    public @Nullable SyncSession<List<RowChange>> session() {
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
