package dev.thalweg.web.platform;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Texts to everybody else of this origin who has a channel of the same name open (BroadcastChannel), in this page too. */
public final class BrowserChannel {
    private final @Nullable JSObject channel;

    /** Opens one. Where the browser has none, nobody is there. */
    public BrowserChannel(String name, Consumer<String> heard) {
        channel = open(name, heard::accept);
    }

    /** Says something to the others. */
    public void send(String text) {
        if (channel != null) {
            post(channel, text);
        }
    }

    /** Hears and says nothing more. */
    public void close() {
        if (channel != null) {
            close(channel);
        }
    }

    @JSFunctor
    private interface Heard extends JSObject {
        void accept(String text);
    }

    @JSBody(params = {"name", "heard"}, script = """
            if (typeof BroadcastChannel === 'undefined') return null;
            var channel = new BroadcastChannel(name);
            channel.onmessage = function(event) { if (typeof event.data === 'string') heard(event.data); };
            return channel;
            """)
    private static native @Nullable JSObject open(String name, Heard heard);

    @JSBody(params = {"channel", "text"}, script = "channel.postMessage(text);")
    private static native void post(JSObject channel, String text);

    @JSBody(params = "channel", script = "channel.onmessage = null; channel.close();")
    private static native void close(JSObject channel);
}
