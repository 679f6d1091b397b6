package dev.thalweg.replication;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.platform.Subscription;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Shares one messenger among several users, each with a topic that has the same name on all nodes: a store and some
 * entities, for example. A message on a topic that nobody has here is dropped.
 */
public final class Topics {
    /** UTF-8 bytes of a topic's name. */
    public static final int MAX_NAME = 255;

    private final Messenger carrier;
    private final Map<String, Subscribers<Messenger.Listener>> byName = new HashMap<>();

    /** @param carrier not listened to by anybody else */
    public Topics(Messenger carrier) {
        this.carrier = carrier;
        // For as long as the carrier lasts.
        Subscription unused = carrier.listen(this::received);
    }

    /**
     * A messenger whose messages are heard on this topic only.
     *
     * @param name of 1 to {@value #MAX_NAME} bytes in UTF-8; messages are one byte and the name longer on their way
     */
    public Messenger topic(String name) {
        byte[] spelled = Utf8.encode(name);
        if (spelled.length == 0 || spelled.length > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a topic's name has 1 to " + MAX_NAME + " bytes, " + name + " has " + spelled.length);
        }
        Subscribers<Messenger.Listener> listeners = byName.computeIfAbsent(name, any -> new Subscribers<>());
        return new Messenger() {
            @Override
            public String self() {
                return carrier.self();
            }

            @Override
            public void send(String node, byte[] message) {
                byte[] whole = new byte[1 + spelled.length + message.length];
                whole[0] = (byte) spelled.length;
                System.arraycopy(spelled, 0, whole, 1, spelled.length);
                System.arraycopy(message, 0, whole, 1 + spelled.length, message.length);
                carrier.send(node, whole);
            }

            @Override
            public Subscription listen(Listener listener) {
                return listeners.add(listener);
            }
        };
    }

    private void received(String node, byte[] message) {
        int length = message.length == 0 ? 0 : message[0] & 0xFF;
        if (length == 0 || message.length <= length) {
            return;
        }
        byte[] name = new byte[length];
        System.arraycopy(message, 1, name, 0, length);
        Subscribers<Messenger.Listener> listeners = byName.get(Utf8.decode(name));
        if (listeners == null) {
            return;
        }
        byte[] rest = new byte[message.length - 1 - length];
        System.arraycopy(message, 1 + length, rest, 0, rest.length);
        Queue<Runnable> calls = new ArrayDeque<>();
        listeners.queue(calls, listener -> listener.received(node, rest));
        Subscribers.run(calls);
    }
}
