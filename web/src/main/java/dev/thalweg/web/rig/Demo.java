package dev.thalweg.web.rig;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.sheet.Sheet;
import org.jspecify.annotations.Nullable;

/** A rig with its view in an element of a page. */
public final class Demo {
    private final Rig rig;

    /** What the page around hears. */
    public interface Page {
        /** The document has an address. */
        void opened(String documentId);

        /** The reader chose a sheet. */
        void picked(String sheetId);

        /** Something came to an end: {@code thalweg-converged} or {@code thalweg-diverged}. */
        void tell(String event, String state, int sequenceNumber, String documentId);
    }

    /**
     * Starts a rig.
     *
     * @param host   the element that is to show it and nothing else
     * @param picked the sheet to begin with, or null for the first one
     */
    public Demo(RigOptions options, Platform platform, El host, @Nullable String picked, Page page) {
        Bridge bridge = new Bridge(page);
        rig = new Rig(options, platform, bridge);
        for (Sheet<?> sheet : rig.sheets()) {
            if (sheet.id().equals(picked)) {
                rig.pick(sheet);
            }
        }
        // While the service is asked, a new document is made: the view then shows its rows at once.
        find(options, platform);
        if (options.document().isEmpty()) {
            rig.draft();
        }
        bridge.view = new RigView(rig, host, platform.timers(), page::tell);
    }

    /** Ends it. */
    public void stop() {
        rig.stop();
    }

    /* The service is the one named, else the one that served the page, else one inside the page. */
    private void find(RigOptions options, Platform platform) {
        if (options.loopback()) {
            rig.begin(new LoopbackVenue(platform, "no server: ordering in this page"));
            return;
        }
        String address = options.service();
        new DemoTokens(platform.http(), address, "A").grant(options.document(), new Outcome<>() {
            @Override
            public void succeeded(DemoTokens.Grant grant) {
                rig.begin(new ServerVenue(platform, address, grant));
            }

            @Override
            public void failed(Failure failure) {
                rig.begin(new LoopbackVenue(platform, options.server().isEmpty()
                        ? "no server: ordering in this page"
                        : "server not reached: ordering in this page"));
            }
        });
    }

    /** Carries what the rig says to the view, which is made after it. */
    private static final class Bridge implements Rig.Audience {
        private final Page page;
        private @Nullable RigView view;

        Bridge(Page page) {
            this.page = page;
        }

        @Override
        public void changed() {
            if (view != null) {
                view.changed();
            }
        }

        @Override
        public void travelled(Replica replica, boolean up, String label, double millis) {
            if (view != null) {
                view.travelled(replica, up, label, millis);
            }
        }

        @Override
        public void opened(String documentId) {
            page.opened(documentId);
        }

        @Override
        public void picked(String sheetId) {
            page.picked(sheetId);
        }
    }
}
