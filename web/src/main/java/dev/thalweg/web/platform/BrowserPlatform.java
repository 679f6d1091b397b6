package dev.thalweg.web.platform;

import dev.thalweg.platform.Platform;
import org.teavm.jso.JSObject;

/** What a client needs of a browser. */
public final class BrowserPlatform {
    private BrowserPlatform() {}

    /** The browser this runs in. */
    public static Platform create() {
        return create(BrowserSockets.own());
    }

    /** The same with another class of sockets. @param webSocket as {@link BrowserSockets} wants it */
    public static Platform create(JSObject webSocket) {
        return new Platform(new BrowserTimers(), new BrowserIds(), new BrowserSockets(webSocket), new BrowserHttp());
    }
}
