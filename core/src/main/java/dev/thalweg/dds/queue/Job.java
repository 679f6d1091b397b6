package dev.thalweg.dds.queue;

import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An item that a client has in hand.
 *
 * @param acquireId names the acquisition, in the whole document
 * @param value     the item
 * @param clientId  that client's connection, or null while the document is detached
 */
public record Job(String acquireId, JsonValue value, @Nullable String clientId) {}
