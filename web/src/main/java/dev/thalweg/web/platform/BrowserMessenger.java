package dev.thalweg.web.platform;

import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.Subscribers;
import java.util.ArrayDeque;
import java.util.Queue;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;

/**
 * Carries messages between the pages of one origin that are open in one browser ({@code BroadcastChannel}). Each page has
 * a name that no other one has; which names there are the pages have to agree on.
 */
/*
 * Every page gets every message, and passes over what is for another: what was meant is the name. Any page of the origin
 * may say that it has any name, which is as far as a browser tells them apart. Bytes cross over as in BrowserJournal.
 */
public final class BrowserMessenger implements Messenger {
    private final String self;
    private final JSObject channel;
    private final Subscribers<Listener> listeners = new Subscribers<>();

    @JSFunctor
    private interface Heard extends JSObject {
        void accept(String from, String bytes);
    }

    /** @param channel the name of the channel, the same on all pages @param self the name of this page */
    public BrowserMessenger(String channel, String self) {
        this.self = self;
        this.channel = open(channel, self, (from, text) -> received(from, BrowserBytes.of(text)));
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public void send(String node, byte[] message) {
        if (node.equals(self)) {
            Window.setTimeout(() -> received(self, message), 0);
        } else {
            post(channel, self, node, BrowserBytes.text(message));
        }
    }

    @Override
    public Subscription listen(Listener listener) {
        return listeners.add(listener);
    }

    /** Sends and hears nothing more. */
    public void close() {
        close(channel);
    }

    private void received(String from, byte[] message) {
        Queue<Runnable> calls = new ArrayDeque<>();
        listeners.queue(calls, listener -> listener.received(from, message));
        Subscribers.run(calls);
    }

    @JSBody(params = {"name", "self", "heard"}, script = """
            var channel = new BroadcastChannel(name);
            channel.onmessage = function(event) {
              var data = event.data;
              if (data && data.to === self && typeof data.from === 'string' && data.bytes instanceof Uint8Array) {
                var parts = [];
                for (var j = 0; j < data.bytes.length; j += 8192) {
                  parts.push(String.fromCharCode.apply(null, data.bytes.subarray(j, j + 8192)));
                }
                heard(data.from, parts.join(''));
              }
            };
            return channel;
            """)
    private static native JSObject open(String name, String self, Heard heard);

    @JSBody(params = {"channel", "from", "to", "text"}, script = """
            var bytes = new Uint8Array(text.length);
            for (var i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
            channel.postMessage({ from: from, to: to, bytes: bytes });
            """)
    private static native void post(JSObject channel, String from, String to, String text);

    @JSBody(params = "channel", script = "channel.onmessage = null; channel.close();")
    private static native void close(JSObject channel);
}
