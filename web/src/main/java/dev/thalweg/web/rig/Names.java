package dev.thalweg.web.rig;

import dev.thalweg.json.JsonString;
import dev.thalweg.protocol.Client;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the connections of a document are called: this rig's by their letters, all others by what they say they are. */
final class Names {
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, String> met = new HashMap<>();
    private final Function<String, @Nullable Client> audience;

    /** @param audience finds one that is present by its id */
    Names(Function<String, @Nullable Client> audience) {
        this.audience = audience;
    }

    /** Calls a connection of this rig by its letter. @return whether it was not called so yet */
    boolean own(String clientId, String name) {
        return own.put(clientId, name) == null;
    }

    /** What a connection is called. One that is gone is still called what it was called. */
    String of(String clientId) {
        String known = own.containsKey(clientId) ? own.get(clientId) : met.get(clientId);
        if (known != null) {
            return known;
        }
        Client client = audience.apply(clientId);
        if (client == null) {
            return "client " + clientId.substring(0, Math.min(4, clientId.length()));
        }
        String name = describe(client);
        met.put(clientId, name);
        return name;
    }

    /** What those are called that are not of this rig. */
    List<String> others(Collection<String> clientIds) {
        List<String> others = new ArrayList<>();
        for (String id : clientIds) {
            if (!own.containsKey(id)) {
                others.add(of(id));
            }
        }
        return others;
    }

    private static String describe(Client client) {
        if (client.summarizer()) {
            return "summarizer";
        }
        String name = client.user().get("name") instanceof JsonString text ? text.value() : client.userId();
        return name.length() == 1 ? name + " in another page" : name;
    }
}
