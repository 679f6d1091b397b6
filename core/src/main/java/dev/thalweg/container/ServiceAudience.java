package dev.thalweg.container;

import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.Client;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people at a document: who they are, however many connections each of them has. Programs that nobody sits at, such
 * as those that write summaries, are not among them; {@link Audience} has every connection. Fluid's IServiceAudience.
 */
public final class ServiceAudience {
    private final Container container;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Listeners<Event> listeners = new Listeners<>();
    private final Subscription subscription;

    /**
     * Somebody who is there.
     *
     * @param userId      the {@code id} of the user, as the service read it in the token
     * @param user        all the token says of the user, for example a {@code name}
     * @param connections what this user is connected by, in the order they were heard of; at least one
     */
    public record Member(String userId, JsonObject user, List<Connection> connections) {
        public Member {
            connections = List.copyOf(connections);
        }

        /** The user's name, or the id when the token gives none. */
        public String name() {
            return user.get("name") instanceof JsonString name ? name.value() : userId;
        }
    }

    /** A connection of a member. @param client whether it writes, what it says of itself, what it may do */
    public record Connection(String clientId, Client client) {}

    /** What happens among the members. */
    public sealed interface Event {
        /** A member has a connection more, perhaps the first. */
        record MemberAdded(String clientId, Member member) implements Event {}

        /** A member has a connection fewer. @param member as it is without it; it is gone when it has none left */
        record MemberRemoved(String clientId, Member member) implements Event {}
    }

    private ServiceAudience(Container container) {
        this.container = container;
        container.audience().members().forEach((clientId, client) -> {
            if (client.interactive()) {
                add(clientId, client);
            }
        });
        this.subscription = container.subscribe(this::on);
    }

    /** The audience of a container, kept up to date until {@link #dispose}. */
    public static ServiceAudience of(Container container) {
        return new ServiceAudience(container);
    }

    /** Everyone, by user id, in the order they came; a copy. */
    public Map<String, Member> members() {
        return new LinkedHashMap<>(members);
    }

    /** The member this client belongs to, or null while it is not connected. */
    public @Nullable Member myself() {
        String clientId = container.clientId();
        Client client = clientId == null ? null : container.audience().member(clientId);
        return client == null ? null : members.get(client.userId());
    }

    /** Hears who comes and goes from now on. */
    public Subscription subscribe(Listener<? super Event> listener) {
        return listeners.add(listener);
    }

    /** Stops following the container. */
    public void dispose() {
        subscription.cancel();
    }

    private void on(ContainerEvent event) {
        if (event instanceof ContainerEvent.AudienceChanged changed && changed.client().interactive()) {
            if (changed.present()) {
                listeners.tell(new Event.MemberAdded(changed.clientId(), add(changed.clientId(), changed.client())));
            } else {
                remove(changed.clientId(), changed.client());
            }
        }
    }

    private Member add(String clientId, Client client) {
        Member known = members.get(client.userId());
        List<Connection> connections = new ArrayList<>(known == null ? List.of() : known.connections());
        connections.add(new Connection(clientId, client));
        Member member = new Member(client.userId(), client.user(), connections);
        members.put(client.userId(), member);
        return member;
    }

    private void remove(String clientId, Client client) {
        Member known = members.get(client.userId());
        if (known == null) {
            return;
        }
        List<Connection> left = new ArrayList<>();
        for (Connection connection : known.connections()) {
            if (!connection.clientId().equals(clientId)) {
                left.add(connection);
            }
        }
        if (left.size() == known.connections().size()) {
            return;
        }
        Member member = new Member(known.userId(), known.user(), left);
        if (left.isEmpty()) {
            members.remove(client.userId());
        } else {
            members.put(client.userId(), member);
        }
        listeners.tell(new Event.MemberRemoved(clientId, member));
    }
}
