package dev.thalweg.server.http;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;

/** A further route that a program adds to its server: takes a JSON object by POST and answers with another. May block. */
@FunctionalInterface
public interface Endpoint {
    /** @throws ProtocolException when the request cannot be read; it is answered with status 400 */
    JsonObject answer(JsonObject request) throws ProtocolException;
}
