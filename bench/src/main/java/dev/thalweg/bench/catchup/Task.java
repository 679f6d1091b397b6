package dev.thalweg.bench.catchup;

/**
 * A document to be read.
 *
 * @param title          for a person
 * @param documentId     where it is
 * @param sequenceNumber read when this is reached
 * @param keys           how many its map has then
 */
record Task(String title, String documentId, int sequenceNumber, int keys) {}
