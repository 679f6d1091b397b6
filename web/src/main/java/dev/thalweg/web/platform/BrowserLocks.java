package dev.thalweg.web.platform;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Names that one page of an origin holds at a time, as long as it is open (Web Locks). They are there on pages that come over
 * HTTPS or from the same machine.
 */
public final class BrowserLocks {
    private BrowserLocks() {}

    /** Hears whether a name is this page's now. */
    @JSFunctor
    public interface Claimed extends JSObject {
        void accept(boolean held);
    }

    /** Whether the browser has them here. */
    @JSBody(script = "return !!navigator.locks;")
    public static native boolean exist();

    /**
     * Takes a name until the page goes.
     *
     * @param patience how many milliseconds to wait for somebody else who has it; 0 for not at all
     */
    @JSBody(params = {"name", "patience", "claimed"}, script = """
            var options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
            navigator.locks.request(name, options, function(lock) {
              setTimeout(function() { claimed(!!lock); }, 0);
              return lock ? new Promise(function() {}) : undefined;
            }).catch(function() { setTimeout(function() { claimed(false); }, 0); });
            """)
    public static native void claim(String name, double patience, Claimed claimed);
}
