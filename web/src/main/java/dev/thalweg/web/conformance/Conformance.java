package dev.thalweg.web.conformance;

import org.teavm.jso.JSExport;

/** Runs named scenarios and returns what they came to, which must be the same on every target. */
public final class Conformance {
    private Conformance() {}

    public static void main(String[] arguments) {}

    /** The outcome of one scenario. */
    @JSExport
    public static String run(String name) {
        return switch (name) {
            case "hash" -> Integer.toHexString(hash(1000));
            default -> throw new IllegalArgumentException("No scenario is called " + name);
        };
    }

    private static int hash(int rounds) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < rounds; i++) {
            hash = (hash ^ i) * 0x01000193;
        }
        return hash;
    }
}
