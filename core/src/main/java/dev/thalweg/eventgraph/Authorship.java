package dev.thalweg.eventgraph;

/**
 * Who wrote a stretch of a text.
 *
 * @param first  the event that put its first unit in; the further units are the agent's next events
 * @param length in UTF-16 units
 */
public record Authorship(EventId first, int length) {}
