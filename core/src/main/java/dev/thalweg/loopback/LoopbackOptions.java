package dev.thalweg.loopback;

import dev.thalweg.protocol.Scopes;
import dev.thalweg.sequencing.SequencerLimits;
import java.util.List;

/**
 * How a loopback service behaves.
 *
 * @param limits          of its sequencers
 * @param scopes          what everyone's token allows; without {@code doc:write} everyone reads
 * @param noopDelayMillis how long after a noop the service tells a risen minimum that no message has carried meanwhile
 */
public record LoopbackOptions(SequencerLimits limits, List<String> scopes, double noopDelayMillis) {
    /** All scopes, and the 250 ms of Fluid's service. */
    public static final LoopbackOptions DEFAULT = new LoopbackOptions(SequencerLimits.DEFAULT, Scopes.ALL, 250);

    public LoopbackOptions {
        scopes = List.copyOf(scopes);
    }
}
