package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a connection, as it says of itself and as the service completes it from the token.
 *
 * @param mode        reading or writing
 * @param interactive whether a person is at it; summarizers and bots are not
 * @param type        for example {@code summarizer}, or null
 * @param environment free text about the program, or null
 * @param user        at least {@code {"id": …}}; more members are the application's
 * @param scopes      what its token allows
 */
public record Client(
        ConnectionMode mode,
        boolean interactive,
        @Nullable String type,
        @Nullable String environment,
        JsonObject user,
        List<String> scopes) {
    public Client {
        scopes = List.copyOf(scopes);
    }

    /** The user's id, empty when there is none. */
    public String userId() {
        return user.get("id") instanceof dev.thalweg.json.JsonString id ? id.value() : "";
    }

    /** Whether it writes summaries rather than edits: the service grants {@code summary:write} to these only. */
    public boolean summarizer() {
        return "summarizer".equals(type) || !interactive;
    }

    /** The same client with what its token says of the user and the scopes. */
    public Client granted(JsonObject user, List<String> scopes) {
        return new Client(mode, interactive, type, environment, user, scopes);
    }

    /** Reads one; what is missing is taken to be empty. */
    public static Client read(JsonObject object) throws ProtocolException {
        JsonObject details = object.optionalObject("details");
        JsonObject capabilities = details == null ? null : details.optionalObject("capabilities");
        JsonObject user = object.optionalObject("user");
        String mode = object.optionalString("mode");
        return new Client(mode == null ? ConnectionMode.WRITE : ConnectionMode.of(mode),
                capabilities == null || capabilities.optionalBool("interactive", true),
                details == null ? null : details.optionalString("type"),
                details == null ? null : details.optionalString("environment"),
                user == null ? JsonObject.of("id", JsonValue.of("")) : user,
                object.optionalArray("scopes").strings());
    }

    /** As it travels. */
    public JsonObject toJson() {
        JsonObject details = JsonObject.builder()
                .put("capabilities", JsonObject.of("interactive", JsonValue.of(interactive)))
                .putIfPresent("type", type).putIfPresent("environment", environment).build();
        return JsonObject.builder().put("details", details).put("permission", JsonArray.EMPTY)
                .put("scopes", JsonArray.ofStrings(scopes)).put("user", user).put("mode", mode.wireName()).build();
    }
}
