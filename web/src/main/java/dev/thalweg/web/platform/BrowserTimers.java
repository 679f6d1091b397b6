package dev.thalweg.web.platform;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import org.teavm.jso.JSBody;
import org.teavm.jso.browser.Window;

/** The browser's clock and timers. */
public final class BrowserTimers implements Timers {
    @Override
    public double now() {
        return clock();
    }

    @Override
    public Subscription schedule(double delayMillis, Runnable task) {
        int timer = Window.setTimeout(task::run, delayMillis);
        return () -> Window.clearTimeout(timer);
    }

    /* Never goes back while the page is open, unlike Date.now(). */
    @JSBody(script = "return performance.timeOrigin + performance.now();")
    private static native double clock();
}
