package dev.thalweg.dds.pact;

import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What counts for a key.
 *
 * @param value          or null when the key is deleted
 * @param sequenceNumber since when: the place of the last consent, or of the leave that made it needless; 0 when it was
 *                       set before the document had a service
 */
public record AcceptedPact(@Nullable JsonValue value, int sequenceNumber) {}
