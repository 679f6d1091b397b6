package dev.thalweg.container;

import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to the document, readers included. Known from the greeting of the service, its signals, and the
 * sequenced joins and leaves of writers; kept as it was while the link is down.
 */
public final class Audience {
    private final Events events;
    private final Map<String, Client> members = new LinkedHashMap<>();

    Audience(Events events) {
        this.events = events;
    }

    /** Everyone, by the id of the connection, in the order they were heard of. */
    public Map<String, Client> members() {
        return Collections.unmodifiableMap(members);
    }

    /** Who is behind a connection, or null when it is not known. */
    public @Nullable Client member(String clientId) {
        return members.get(clientId);
    }

    /** Begins anew with what the service says at the beginning of a connection. */
    void greet(List<Connected.Member> present, String clientId, Client self) {
        Map<String, Client> now = new LinkedHashMap<>();
        for (Connected.Member member : present) {
            now.put(member.clientId(), member.client());
        }
        now.put(clientId, self);
        for (String known : new ArrayList<>(members.keySet())) {
            if (!now.containsKey(known)) {
                remove(known);
            }
        }
        now.forEach(this::add);
    }

    void add(String clientId, Client client) {
        if (members.put(clientId, client) == null) {
            events.tell(new ContainerEvent.AudienceChanged(clientId, client, true));
        }
    }

    void remove(String clientId) {
        Client client = members.remove(clientId);
        if (client != null) {
            events.tell(new ContainerEvent.AudienceChanged(clientId, client, false));
        }
    }
}
