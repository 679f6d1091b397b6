package dev.thalweg.sequencing;

/**
 * What a sequencer takes from its clients.
 *
 * @param maxMessageSize characters of one submitted message's {@code contents} and {@code metadata} together, as they
 *                       are spelled on the wire, at least 1
 */
public record SequencerLimits(int maxMessageSize) {
    /**
     * One Mi characters. More than the 16384 that Fluid's services announce, because the stock client does not keep to
     * what is announced: it sends up to 700 kB in one message before it compresses, and chunks of 200 kB afterwards.
     */
    public static final SequencerLimits DEFAULT = new SequencerLimits(1024 * 1024);

    public SequencerLimits {
        if (maxMessageSize < 1) {
            throw new IllegalArgumentException("maxMessageSize must be at least 1, was " + maxMessageSize);
        }
    }
}
