package dev.thalweg.web.module;

import dev.thalweg.dds.claims.ClaimOutcome;
import dev.thalweg.dds.claims.ClaimsEvent;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** Keys of which each belongs to whoever asked first. */
@JSClass(name = "SharedClaims")
public final class JsClaims extends JsChannel<ClaimsEvent> {
    private final SharedClaims claims;

    JsClaims(JsContainer container, SharedClaims claims) {
        super(container, claims);
        this.claims = claims;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return SharedClaims.TYPE.attributes().type();
    }

    @JSExport
    public JSObject holder(JSObject key) {
        return Js.out(claims.holder(Js.text(key, "key")));
    }

    @JSExport
    public JSObject keys() {
        return Js.out(claims.keys());
    }

    @JSExport
    public boolean pending(JSObject key) {
        return claims.pending(Js.text(key, "key"));
    }

    @JSExport
    public JSPromise<Object> claim(JSObject key, JSObject value) {
        return Promises.<ClaimOutcome>outcome(
                outcome -> claims.claim(Js.text(key, "key"), Js.value(value, "value"), outcome), JsClaims::settled);
    }

    @JSExport
    public JSPromise<Object> compareAndSet(JSObject key, JSObject value) {
        return Promises.<ClaimOutcome>outcome(
                outcome -> claims.compareAndSet(Js.text(key, "key"), Js.value(value, "value"), outcome),
                JsClaims::settled);
    }

    @JSExport
    public JSPromise<Object> release(JSObject key) {
        return Promises.<ClaimOutcome>outcome(outcome -> claims.release(Js.text(key, "key"), outcome),
                JsClaims::settled);
    }

    private static Object settled(ClaimOutcome outcome) {
        return Js.out(switch (outcome) {
            case ClaimOutcome.Accepted accepted -> Plain.outcome("accepted").put("value", accepted.value()).build();
            case ClaimOutcome.Lost lost -> Plain.outcome("lost").put("holder", lost.holder()).build();
            case ClaimOutcome.AlreadyClaimed claimed -> Plain.outcome("alreadyClaimed")
                    .put("holder", claimed.holder()).build();
            case ClaimOutcome.AlreadyPending pending -> Plain.outcome("alreadyPending").build();
            case ClaimOutcome.Aborted aborted -> Plain.outcome("aborted").build();
            case ClaimOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
        });
    }

    @Override
    JsonObject describe(ClaimsEvent event) {
        return switch (event) {
            case ClaimsEvent.Claimed claimed -> Plain.event("claimed", event).put("key", claimed.key())
                    .put("value", claimed.value()).put("previousValue", claimed.previous()).build();
            case ClaimsEvent.Released released -> Plain.event("released", event).put("key", released.key())
                    .put("previousValue", released.previous()).build();
            case ClaimsEvent.Filed filed -> Plain.event("filed", event).put("key", filed.key())
                    .put("value", filed.value()).build();
            case ClaimsEvent.Lost lost -> Plain.event("lost", event).put("key", lost.key()).put("value", lost.value())
                    .put("holder", lost.holder()).build();
            case ClaimsEvent.Aborted aborted -> Plain.event("aborted", event).put("key", aborted.key())
                    .put("value", aborted.value()).build();
        };
    }
}
