package dev.thalweg.web.module;

import dev.thalweg.container.ServiceAudience;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The people at a document. */
@JSClass(name = "Audience")
public final class JsAudience {
    private final ServiceAudience audience;

    JsAudience(ServiceAudience audience) {
        this.audience = audience;
    }

    @JSExport
    public JSObject members() {
        List<JsonValue> members = new ArrayList<>();
        audience.members().forEach((userId, member) -> members.add(describe(member)));
        return Js.array(members);
    }

    @JSExport
    public JSObject myself() {
        ServiceAudience.Member myself = audience.myself();
        return myself == null ? Js.undefined() : Js.out(describe(myself));
    }

    /** Hears who comes and goes. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(audience.subscribe(happened -> hearer.hear(switch (happened) {
            case ServiceAudience.Event.MemberAdded added -> Plain.event("memberAdded")
                    .put("clientId", added.clientId()).put("member", describe(added.member())).build();
            case ServiceAudience.Event.MemberRemoved removed -> Plain.event("memberRemoved")
                    .put("clientId", removed.clientId()).put("member", describe(removed.member())).build();
        })));
    }

    private static JsonObject describe(ServiceAudience.Member member) {
        List<JsonValue> connections = new ArrayList<>();
        for (ServiceAudience.Connection connection : member.connections()) {
            connections.add(Plain.object().put("id", connection.clientId())
                    .put("mode", connection.client().mode().wireName()).build());
        }
        return Plain.object().put("id", member.userId()).put("name", member.name()).put("user", member.user())
                .put("connections", new JsonArray(connections)).build();
    }
}
