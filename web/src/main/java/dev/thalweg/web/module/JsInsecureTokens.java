package dev.thalweg.web.module;

import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.web.platform.BrowserIds;
import dev.thalweg.web.platform.BrowserTimers;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** Signs tokens in the client itself, for development only. */
@JSClass(name = "InsecureTokenProvider")
public final class JsInsecureTokens {
    private final InsecureTokens tokens;

    /** Signs for a user, who may be a name or an object with an {@code id}. */
    @JSExport
    public JsInsecureTokens(JSObject tenantKey, JSObject user) {
        Errors.install();
        JsonValue given = Js.value(user, "user");
        tokens = new InsecureTokens(Js.text(tenantKey, "tenantKey"), given instanceof JsonObject object
                ? object
                : JsonObject.builder().put("id", new BrowserIds().uuid()).put("name", Js.text(user, "user")).build());
    }

    @JSExport
    public String fetchToken(JSObject request) {
        return tokens.sign(Js.text(Js.member(request, "tenantId"), "tenantId"),
                Js.text(Js.member(request, "documentId"), "documentId"), new BrowserTimers().now());
    }
}
