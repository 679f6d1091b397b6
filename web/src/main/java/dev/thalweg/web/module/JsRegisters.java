package dev.thalweg.web.module;

import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.register.ReadPolicy;
import dev.thalweg.dds.register.RegisterEvent;
import dev.thalweg.dds.register.WriteOutcome;
import dev.thalweg.json.JsonObject;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** Registers whose writes all agree on before they show. */
@JSClass(name = "ConsensusRegisterCollection")
public final class JsRegisters extends JsChannel<RegisterEvent> {
    private final ConsensusRegisterCollection registers;

    JsRegisters(JsContainer container, ConsensusRegisterCollection registers) {
        super(container, registers);
        this.registers = registers;
    }

    /** What {@code initialObjects} and {@code create} know it by. */
    @JSExport
    public static String type() {
        return ConsensusRegisterCollection.TYPE.attributes().type();
    }

    @JSExport
    public JSObject read(JSObject key, JSObject policy) {
        return Js.out(registers.read(Js.text(key, "key"), policy(policy)));
    }

    @JSExport
    public JSObject readVersions(JSObject key) {
        return Js.array(registers.versions(Js.text(key, "key")));
    }

    @JSExport
    public JSObject keys() {
        return Js.out(registers.keys());
    }

    @JSExport
    public JSPromise<Object> write(JSObject key, JSObject value) {
        return Promises.<WriteOutcome>outcome(
                outcome -> registers.write(Js.text(key, "key"), Js.value(value, "value"), outcome),
                outcome -> Js.out(switch (outcome) {
                    case WriteOutcome.Won won -> Plain.outcome("won").build();
                    case WriteOutcome.Lost lost -> Plain.outcome("lost").put("value", lost.value()).build();
                    case WriteOutcome.Aborted aborted -> Plain.outcome("aborted").build();
                    case WriteOutcome.Unknown unknown -> Plain.unknown(unknown.reason()).build();
                }));
    }

    private static ReadPolicy policy(JSObject policy) {
        String word = Js.optionalText(policy, "policy");
        if (word == null || word.equals("atomic")) {
            return ReadPolicy.ATOMIC;
        }
        if (word.equals("lww")) {
            return ReadPolicy.LWW;
        }
        throw new IllegalArgumentException("policy must be atomic or lww, was " + word);
    }

    @Override
    JsonObject describe(RegisterEvent event) {
        return switch (event) {
            case RegisterEvent.AtomicChanged changed -> Plain.event("atomicChanged", event).put("key", changed.key())
                    .put("value", changed.value()).build();
            case RegisterEvent.VersionChanged changed -> Plain.event("versionChanged", event).put("key", changed.key())
                    .put("value", changed.value()).put("atomic", changed.atomic()).build();
            case RegisterEvent.Aborted aborted -> Plain.event("aborted", event).put("key", aborted.key())
                    .put("value", aborted.value()).build();
        };
    }
}
