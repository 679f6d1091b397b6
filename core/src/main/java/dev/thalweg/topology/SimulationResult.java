package dev.thalweg.topology;

import java.util.List;

/**
 * What a simulation came to.
 *
 * @param convergenceTick the first after the last write in which all peers agreed, -1 when they never did
 * @param totalMessages   that were sent
 * @param ticks           one by one
 */
public record SimulationResult(int convergenceTick, int totalMessages, List<TickMetrics> ticks) {
    /** Copies the list. */
    public SimulationResult {
        ticks = List.copyOf(ticks);
    }
}
