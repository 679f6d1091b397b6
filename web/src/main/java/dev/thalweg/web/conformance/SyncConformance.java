package dev.thalweg.web.conformance;

import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.platform.BrowserPlatform;
import java.util.List;

/** Tables and an ephemeral store in the browser that keep in touch with a server. */
final class SyncConformance implements SyncSession.Listener<List<RowChange>> {
    private static final String PEER = "browser";

    private final TableDocument tables = new TableDocument(PEER);
    private final EphemeralStore presence = new EphemeralStore(PEER);
    private final SyncSession<List<RowChange>> session;
    private boolean greeted;

    private SyncConformance(String base, String token) {
        session = new SyncSession<>(BrowserPlatform.create(), base, () -> token, tables, presence, SyncLimits.DEFAULT,
                this);
    }

    /** Writes a row, says where it is, and stays in touch. */
    static SyncConformance start(String base, String token) {
        SyncConformance here = new SyncConformance(base, token);
        here.tables.insert("t", "by the browser", JsonObject.of("v", JsonValue.of(1)));
        here.session.start();
        return here;
    }

    /** The rows that are here, and who said anything. */
    String state() {
        return JsonObject.builder().put("rows", JsonObject.of(tables.rows("t")))
                .put("present", presence.getAll("cursors").size()).build().toJson();
    }

    @Override
    public void changed(List<RowChange> changes) {}

    @Override
    public void present(List<EphemeralChange> changes) {}

    @Override
    public void synced() {
        if (!greeted) {
            greeted = true;
            session.set("cursors", PEER, JsonValue.of(3));
        }
    }

    @Override
    public void failed(Failure failure) {}
}
