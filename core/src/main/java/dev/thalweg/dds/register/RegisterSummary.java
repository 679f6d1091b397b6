package dev.thalweg.dds.register;

import dev.thalweg.dds.JavaScriptOrder;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.dds.register.RegisterKernel.Register;
import dev.thalweg.dds.register.RegisterKernel.Version;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A register collection in a summary: {@code header} holds {@code {key: {"atomic": version, "versions": [version, …]}}},
 * a version being {@code {"sequenceNumber":…,"value": wrapped value}}.
 */
final class RegisterSummary {
    private static final String HEADER = "header";

    private RegisterSummary() {}

    static SummaryNode.Tree write(Map<String, Register> registers) {
        JsonObject.Builder header = JsonObject.builder();
        for (String key : JavaScriptOrder.of(registers.keySet())) {
            Register register = registers.get(key);
            if (register == null) {
                throw new IllegalStateException("no register " + key);
            }
            List<JsonValue> versions = new ArrayList<>();
            for (Version version : register.versions()) {
                versions.add(write(version));
            }
            header.put(key, JsonObject.builder().put("atomic", write(register.atomic()))
                    .put("versions", new JsonArray(versions)).build());
        }
        return new SummaryBuilder().text(HEADER, header.build().toJson()).build();
    }

    static Map<String, Register> read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a register collection's summary");
        JsonObject header = JsonCasts.object(JsonValue.parse(text), HEADER);
        Map<String, Register> registers = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            JsonObject json = JsonCasts.object(header.value(i), header.name(i));
            Register register = new Register(version(json.require("atomic")));
            int last = 0;
            for (JsonValue each : json.array("versions").values()) {
                Version version = version(each);
                if (version.sequenceNumber() < last) {
                    throw new ProtocolException("register " + header.name(i) + " has a version of "
                            + version.sequenceNumber() + " after one of " + last);
                }
                last = version.sequenceNumber();
                register.add(version);
            }
            if (register.versions().isEmpty()) {
                throw new ProtocolException("register " + header.name(i) + " has no versions");
            }
            registers.put(header.name(i), register);
        }
        return registers;
    }

    private static JsonObject write(Version version) {
        return JsonObject.builder().put("sequenceNumber", version.sequenceNumber())
                .put("value", PlainValue.wrap(version.value())).build();
    }

    private static Version version(JsonValue value) throws ProtocolException {
        JsonObject json = JsonCasts.object(value, "version");
        return new Version(PlainValue.unwrap(json.object("value")),
                json.integer("sequenceNumber", 0, Integer.MAX_VALUE));
    }
}
