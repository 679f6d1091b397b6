package dev.thalweg.presence;

import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.presence.Attendee.Heard;
import dev.thalweg.presence.PresenceMessage.Kind;
import dev.thalweg.presence.PresenceMessage.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is at a document and what they are just doing: cursors, selections, whether somebody types. Each attendee has
 * values of its own, which only it writes and all others read; of each the latest counts. Nothing is ordered or kept.
 * Fluid's Presence in terms; the signals are ours (see {@code docs/wire.md}).
 */
/*
 * A value has a revision that its owner counts, so what overtakes or repeats does no harm. Whoever connects says hello
 * with all values it has, and everybody answers it alone with theirs; the same happens after a reconnect, under the same
 * attendee id, so that what was missed is made up for. What is not among all values was taken out, so that an owner need
 * not remember what it once had; the revisions are of one count, and a key that comes again goes on where that stands.
 * Who leaves is known from the audience, as signals may be lost.
 *
 * Changes are collected for a short while and travel together. What cannot be read is passed over: a signal owes nobody
 * anything.
 */
public final class Presence {
    /** How long changes are collected before they are sent, as in Fluid. */
    public static final int LATENCY_MILLIS = 60;
    /** How long somebody who lost the connection is waited for. */
    public static final int FORGET_MILLIS = 30_000;
    /** The longest value, in characters of JSON. */
    public static final int MAX_VALUE = 16_384;
    /** How many values a client has at once at most; those of a map count one by one. */
    public static final int MOST_VALUES = 1_000;

    private static final int MOST_ATTENDEES = 10_000;

    private final Container container;
    private final Timers timers;
    private final String id;
    private final Map<String, Attendee> attendees = new LinkedHashMap<>();
    private final Map<Slot, Own> own = new LinkedHashMap<>();
    private final Map<Slot, Own> unsent = new LinkedHashMap<>();
    private final Listeners<PresenceEvent> listeners = new Listeners<>();
    private final Subscription subscription;
    private @Nullable Subscription sending;
    private int revision;
    private boolean disposed;

    /** A value of this client. */
    private static final class Own {
        int revision;
        @Nullable
        JsonValue value;
        double ttlMillis;
        double setAt;
    }

    private Presence(Container container, Timers timers, Ids ids) {
        this.container = container;
        this.timers = timers;
        this.id = ids.uuid();
        this.subscription = container.subscribe(this::on);
        if (container.connectionState() == ConnectionState.CONNECTED) {
            say(Kind.HELLO, all(), null);
        }
    }

    /**
     * Takes part in the presence at a container's document, until {@link #dispose}.
     *
     * @param timers the clock of the container
     * @param ids    where the attendee id comes from
     */
    public static Presence of(Container container, Timers timers, Ids ids) {
        return new Presence(container, timers, ids);
    }

    /** The attendee id of this client. */
    public String myself() {
        return id;
    }

    /** Everyone else who is here or was until a moment ago, in the order they were heard of; a copy. */
    public List<Attendee> attendees() {
        return new ArrayList<>(attendees.values());
    }

    /** Somebody else, or null. */
    public @Nullable Attendee attendee(String attendeeId) {
        return attendees.get(attendeeId);
    }

    /** A named group of values. Names are agreed on by the programs that share a document. */
    public Workspace workspace(String name) {
        return new Workspace(this, PresenceMessage.requireName("workspace", name));
    }

    /** Hears what happens from now on. */
    public Subscription subscribe(Listener<? super PresenceEvent> listener) {
        return listeners.add(listener);
    }

    /** Says good-bye, if there is a connection, and takes no part any more. */
    public void dispose() {
        if (!disposed) {
            say(Kind.BYE, List.of(), null);
            stop();
        }
    }

    @Nullable
    JsonValue mine(Slot slot) {
        Own value = own.get(slot);
        return value == null ? null : value.value;
    }

    /** The keys of this client's map. */
    List<String> myKeys(String workspace, String name) {
        List<String> keys = new ArrayList<>();
        own.forEach((slot, value) -> {
            if (slot.workspace().equals(workspace) && slot.name().equals(name)) {
                keys.add(slot.key());
            }
        });
        return keys;
    }

    /** Sets a value of this client, or takes it out. */
    void set(Slot slot, @Nullable JsonValue value, double ttlMillis) {
        if (disposed) {
            throw new IllegalStateException("presence was disposed of");
        }
        if (value != null && value.toJson().length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a value has at most " + MAX_VALUE + " characters, was " + value.toJson().length());
        }
        Own known = own.get(slot);
        if (known == null) {
            if (own.size() >= MOST_VALUES) {
                own.values().removeIf(this::over);
            }
            if (own.size() >= MOST_VALUES) {
                throw new IllegalStateException("a client has at most " + MOST_VALUES + " values at once");
            }
            known = new Own();
            own.put(slot, known);
        }
        known.revision = ++revision;
        known.value = value;
        known.ttlMillis = ttlMillis;
        known.setAt = timers.now();
        unsent.put(slot, known);
        if (value == null) {
            own.remove(slot);
        }
        if (sending == null) {
            sending = timers.schedule(LATENCY_MILLIS, () -> {
                sending = null;
                List<Value> values = new ArrayList<>();
                unsent.forEach((place, changed) -> add(values, place, changed));
                unsent.clear();
                // Whoever connected meanwhile has said them all.
                if (!values.isEmpty()) {
                    say(Kind.UPDATE, values, null);
                }
            });
        }
    }

    private void on(ContainerEvent event) {
        if (event instanceof ContainerEvent.SignalReceived signal) {
            String from = signal.clientId();
            if (!signal.local() && from != null && signal.address() == null
                    && signal.type().equals(PresenceMessage.TYPE)) {
                heard(from, signal.content());
            }
        } else if (event instanceof ContainerEvent.AudienceChanged changed) {
            if (!changed.present()) {
                left(changed.clientId());
            }
        } else if (event instanceof ContainerEvent.ConnectionChanged changed) {
            if (changed.state() == ConnectionState.CONNECTED) {
                unsent.clear();
                say(Kind.HELLO, all(), null);
            }
        } else if (event instanceof ContainerEvent.Closed) {
            stop();
        }
    }

    private void heard(String from, JsonValue content) {
        PresenceMessage message;
        try {
            message = PresenceMessage.read(content);
        } catch (ProtocolException e) {
            return;
        }
        if (message.kind() == Kind.BYE) {
            left(from);
            return;
        }
        Attendee known = attendees.get(message.attendeeId());
        if (message.attendeeId().equals(id) || known == null && attendees.size() >= MOST_ATTENDEES) {
            return;
        }
        // Only a newcomer says hello: nobody else speaks for somebody who is connected by another connection.
        if (known != null && known.status() == Attendee.Status.CONNECTED && !known.clientId().equals(from)
                && message.kind() != Kind.HELLO) {
            return;
        }
        Attendee attendee = known == null ? new Attendee(message.attendeeId(), from) : known;
        boolean news = attendee.connected(from) || known == null;
        attendees.put(attendee.id(), attendee);
        if (message.kind() == Kind.HELLO) {
            say(Kind.STATE, all(), from);
        }
        List<PresenceEvent> events = new ArrayList<>();
        if (news) {
            events.add(new PresenceEvent.AttendeeConnected(attendee));
        }
        for (Value value : message.values()) {
            if (take(attendee, value)) {
                events.add(changed(attendee, value.slot()));
            }
        }
        if (message.kind() != Kind.UPDATE) {
            for (Slot slot : attendee.retain(message.values())) {
                events.add(changed(attendee, slot));
            }
        }
        events.forEach(listeners::tell);
    }

    private boolean take(Attendee attendee, Value value) {
        Slot slot = value.slot();
        Heard before = attendee.values().get(slot);
        if (before == null ? !attendee.hasRoom(MOST_VALUES) : before.revision() >= value.revision()) {
            return false;
        }
        if (before != null) {
            before.cancel();
        }
        Subscription expiry = value.value() == null || value.ttlMillis() == 0 ? null
                : timers.schedule(value.ttlMillis(), () -> expired(attendee, slot, value.revision()));
        attendee.values().put(slot, new Heard(value.revision(), value.value(), expiry));
        return value.value() != null || before != null && before.value() != null;
    }

    private void expired(Attendee attendee, Slot slot, double revision) {
        Heard heard = attendee.values().get(slot);
        if (heard != null && heard.revision() == revision && !disposed) {
            attendee.values().put(slot, new Heard(revision, null, null));
            listeners.tell(changed(attendee, slot));
        }
    }

    /* One connection may speak for several. */
    private void left(String clientId) {
        for (Attendee attendee : attendees()) {
            if (attendee.status() == Attendee.Status.CONNECTED && attendee.clientId().equals(clientId)) {
                left(attendee);
            }
        }
    }

    private void left(Attendee attendee) {
        attendee.disconnected(timers.schedule(FORGET_MILLIS, () -> {
            attendee.close();
            attendees.remove(attendee.id());
            listeners.tell(new PresenceEvent.AttendeeForgotten(attendee));
        }));
        listeners.tell(new PresenceEvent.AttendeeDisconnected(attendee));
    }

    private static PresenceEvent changed(Attendee attendee, Slot slot) {
        return new PresenceEvent.ValueChanged(attendee, slot.workspace(), slot.name(), slot.key());
    }

    private List<Value> all() {
        own.values().removeIf(this::over);
        List<Value> values = new ArrayList<>();
        own.forEach((slot, value) -> add(values, slot, value));
        return values;
    }

    private boolean over(Own value) {
        return value.ttlMillis > 0 && value.setAt + value.ttlMillis <= timers.now();
    }

    /** Adds what still holds, with the time that is left to it. */
    private void add(List<Value> values, Slot slot, Own value) {
        boolean over = over(value);
        double left = value.ttlMillis == 0 || over ? 0 : value.setAt + value.ttlMillis - timers.now();
        values.add(new Value(slot, value.revision, over ? null : value.value, left));
    }

    private void say(Kind kind, List<Value> values, @Nullable String target) {
        if (container.connectionState() != ConnectionState.CONNECTED) {
            return;
        }
        JsonValue content = new PresenceMessage(kind, id, values).toJson();
        if (target == null) {
            container.signal(PresenceMessage.TYPE, content);
        } else {
            container.signal(PresenceMessage.TYPE, content, target);
        }
    }

    private void stop() {
        disposed = true;
        subscription.cancel();
        if (sending != null) {
            sending.cancel();
            sending = null;
        }
        attendees.values().forEach(Attendee::close);
    }
}
