package dev.thalweg.web.platform;

import dev.thalweg.platform.Platform;

/** What a client needs of a browser. */
public final class BrowserPlatform {
    private BrowserPlatform() {}

    /** The browser this runs in. */
    public static Platform create() {
        return new Platform(new BrowserTimers(), new BrowserIds(), new BrowserSockets(), new BrowserHttp());
    }
}
