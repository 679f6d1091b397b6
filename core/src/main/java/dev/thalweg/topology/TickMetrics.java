package dev.thalweg.topology;

/**
 * What a tick came to.
 *
 * @param tick              from 0
 * @param messages          that were sent in it
 * @param carried           entries in these
 * @param inconsistentPairs of peers that, when it was over, did not have the same in what both want
 * @param entries           that all peers had together
 */
public record TickMetrics(int tick, int messages, int carried, int inconsistentPairs, int entries) {}
