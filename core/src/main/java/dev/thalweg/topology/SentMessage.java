package dev.thalweg.topology;

/**
 * A message on its way.
 *
 * @param from    a peer, or {@link Simulation#RELAY}
 * @param to      a peer, or {@link Simulation#RELAY}
 * @param entries that it carries
 * @param arrives the tick in which it does
 */
public record SentMessage(int from, int to, int entries, int arrives) {}
