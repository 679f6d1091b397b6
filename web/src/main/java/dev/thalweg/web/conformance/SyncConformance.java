package dev.thalweg.web.conformance;

import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.platform.BrowserPlatform;
import java.util.List;

/** Tables, a text and ephemeral stores in the browser that keep in touch with a server. */
final class SyncConformance implements SyncSession.Listener<List<RowChange>> {
    private static final String PEER = "browser";
    private static final String WRITTEN = "By the browser. ";

    private final TableDocument tables = new TableDocument(PEER);
    private final EphemeralStore presence = new EphemeralStore(PEER);
    private final SyncSession<List<RowChange>> session;
    private final TextDocument text = new TextDocument(PEER);
    private final Follower follower = new Follower();
    private final SyncSession<TextChange> textSession;
    private boolean greeted;

    private SyncConformance(String base, String tablesToken, String textToken) {
        session = new SyncSession<>(BrowserPlatform.create(), base, () -> tablesToken, tables, presence,
                SyncLimits.DEFAULT, this);
        textSession = new SyncSession<>(BrowserPlatform.create(), base, () -> textToken, text,
                new EphemeralStore(PEER), SyncLimits.DEFAULT, follower);
    }

    /** A copy of the text for which only is done what merges changed. */
    private static final class Follower implements SyncSession.Listener<TextChange> {
        private String copy = WRITTEN;

        @Override
        public void changed(TextChange changes) {
            copy = changes.applyTo(copy);
        }

        @Override
        public void present(List<EphemeralChange> changes) {}

        @Override
        public void synced() {}

        @Override
        public void failed(Failure failure) {}
    }

    /** Writes a row and a line, says where it is, and stays in touch. */
    static SyncConformance start(String base, String tablesToken, String textToken) {
        SyncConformance here = new SyncConformance(base, tablesToken, textToken);
        here.text.insert(0, WRITTEN);
        here.textSession.start();
        here.tables.insert("t", "by the browser", JsonObject.of("v", JsonValue.of(1)));
        here.session.start();
        return here;
    }

    /** The rows that are here, who said anything, and the text twice. */
    String state() {
        return JsonObject.builder().put("rows", JsonObject.of(tables.rows("t")))
                .put("present", presence.getAll("cursors").size()).put("text", text.text())
                .put("copy", follower.copy).build().toJson();
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
