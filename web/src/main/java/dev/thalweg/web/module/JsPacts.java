package dev.thalweg.web.module;

import dev.thalweg.dds.pact.AcceptedPact;
import dev.thalweg.dds.pact.PactEvent;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pact.PactOutcome;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** Keys and values that count once everybody has seen them. */
@JSClass(name = "PactMap")
public final class JsPacts extends JsChannel<PactEvent> {
    private final PactMap pacts;

    JsPacts(JsContainer container, PactMap pacts) {
        super(container, pacts);
        this.pacts = pacts;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return PactMap.TYPE.attributes().type();
    }

    @JSExport
    public JSObject get(JSObject key) {
        return Js.out(pacts.get(Js.text(key, "key")));
    }

    @JSExport
    public JSObject getWithDetails(JSObject key) {
        AcceptedPact accepted = pacts.getWithDetails(Js.text(key, "key"));
        return accepted == null ? Js.undefined() : Js.out(Plain.object().put("value", accepted.value())
                .put("acceptedSequenceNumber", accepted.sequenceNumber()).build());
    }

    @JSExport
    public boolean isPending(JSObject key) {
        return pacts.isPending(Js.text(key, "key"));
    }

    @JSExport
    public JSObject getPending(JSObject key) {
        return Js.out(pacts.getPending(Js.text(key, "key")));
    }

    @JSExport
    public JSObject expectedSignoffs(JSObject key) {
        return Js.out(pacts.expectedSignoffs(Js.text(key, "key")));
    }

    @JSExport
    public JSObject keys() {
        return Js.out(pacts.keys());
    }

    @JSExport
    public JSPromise<Object> set(JSObject key, JSObject value) {
        return Promises.<PactOutcome>outcome(
                outcome -> pacts.set(Js.text(key, "key"), Js.value(value, "value"), outcome), JsPacts::settled);
    }

    @JSExport
    public JSPromise<Object> delete(JSObject key) {
        return Promises.<PactOutcome>outcome(outcome -> pacts.delete(Js.text(key, "key"), outcome),
                JsPacts::settled);
    }

    private static Object settled(PactOutcome outcome) {
        return Js.out(switch (outcome) {
            case PactOutcome.Accepted accepted -> Plain.outcome("accepted").build();
            case PactOutcome.Refused refused -> Plain.outcome("refused").build();
            case PactOutcome.Aborted aborted -> Plain.outcome("aborted").build();
            case PactOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
        });
    }

    @Override
    JsonObject describe(PactEvent event) {
        return switch (event) {
            case PactEvent.Pending pending -> Plain.event("pending", event).put("key", pending.key())
                    .put("value", pending.value()).build();
            case PactEvent.SignedOff signed -> Plain.event("signedOff", event).put("key", signed.key())
                    .put("clientId", signed.clientId()).build();
            case PactEvent.Accepted accepted -> Plain.event("accepted", event).put("key", accepted.key())
                    .put("value", accepted.value()).put("previousValue", accepted.previous()).build();
            case PactEvent.Refused refused -> Plain.event("refused", event).put("key", refused.key())
                    .put("value", refused.value()).build();
            case PactEvent.Aborted aborted -> Plain.event("aborted", event).put("key", aborted.key())
                    .put("value", aborted.value()).build();
        };
    }
}
