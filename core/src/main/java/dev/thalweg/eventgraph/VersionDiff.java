package dev.thalweg.eventgraph;

/**
 * How two versions differ: runs of local versions, each as its first and the one behind its last, the latest run first.
 *
 * @param onlyA what only the first has
 * @param onlyB what only the second has
 */
@SuppressWarnings("ArrayRecordComponent") // made for one caller and read once
public record VersionDiff(int[] onlyA, int[] onlyB) {}
