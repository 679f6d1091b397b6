package dev.thalweg.presence;

import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody at the document: one running client, under one id for as long as it runs, however often it reconnects. */
public final class Attendee {
    /** Whether somebody is connected. */
    public enum Status {
        CONNECTED, DISCONNECTED
    }

    private final String id;
    private final Map<Slot, Heard> values = new LinkedHashMap<>();
    private Status status = Status.CONNECTED;
    private String clientId;
    private @Nullable Subscription forgetting;

    /** A value that was heard. @param value null when it was taken out @param expiry ends its timer, or null */
    record Heard(double revision, @Nullable JsonValue value, @Nullable Subscription expiry) {
        void cancel() {
            if (expiry != null) {
                expiry.cancel();
            }
        }
    }

    Attendee(String id, String clientId) {
        this.id = id;
        this.clientId = clientId;
    }

    /** The id, which nobody else ever has. */
    public String id() {
        return id;
    }

    /** Whether it is connected. */
    public Status status() {
        return status;
    }

    /** The latest connection; the container's audience says who is behind it. */
    public String clientId() {
        return clientId;
    }

    Map<Slot, Heard> values() {
        return values;
    }

    @Nullable
    JsonValue value(Slot slot) {
        Heard heard = values.get(slot);
        return heard == null ? null : heard.value;
    }

    /** Whether one more value can be kept: what was taken out is forgotten for it, the eldest first. */
    boolean hasRoom(int limit) {
        if (values.size() >= limit) {
            for (Map.Entry<Slot, Heard> entry : values.entrySet()) {
                if (entry.getValue().value == null) {
                    values.remove(entry.getKey());
                    return true;
                }
            }
        }
        return values.size() < limit;
    }

    /** These are all its values. @return which it had besides, and has no more */
    List<Slot> retain(List<PresenceMessage.Value> all) {
        Set<Slot> named = new HashSet<>();
        for (PresenceMessage.Value value : all) {
            named.add(value.slot());
        }
        List<Slot> gone = new ArrayList<>();
        for (Map.Entry<Slot, Heard> entry : values.entrySet()) {
            Heard heard = entry.getValue();
            if (heard.value != null && !named.contains(entry.getKey())) {
                gone.add(entry.getKey());
                heard.cancel();
                entry.setValue(new Heard(heard.revision, null, null));
            }
        }
        return gone;
    }

    /** It is connected by this connection. @return whether it was not connected before */
    boolean connected(String clientId) {
        this.clientId = clientId;
        boolean was = status == Status.CONNECTED;
        status = Status.CONNECTED;
        stopForgetting();
        return !was;
    }

    void disconnected(Subscription forgetting) {
        status = Status.DISCONNECTED;
        this.forgetting = forgetting;
    }

    /** Stops all timers. */
    void close() {
        stopForgetting();
        values.values().forEach(Heard::cancel);
    }

    private void stopForgetting() {
        if (forgetting != null) {
            forgetting.cancel();
            forgetting = null;
        }
    }
}
