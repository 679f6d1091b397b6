package dev.thalweg.replication.log;

import dev.thalweg.json.JsonObject;

/**
 * A block of a document, as it is now.
 *
 * @param id     its name, for as long as the document is
 * @param fields by name, sorted by UTF-16 code unit
 */
public record Block(String id, JsonObject fields) {}
