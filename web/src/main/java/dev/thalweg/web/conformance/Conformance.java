package dev.thalweg.web.conformance;

import dev.thalweg.testkit.Scenarios;
import org.teavm.jso.JSExport;

/** Runs named scenarios and returns what they came to, which must be the same on every target. */
public final class Conformance {
    private Conformance() {}

    public static void main(String[] arguments) {}

    /** The digest of one scenario, see {@link Scenarios#run}. */
    @JSExport
    public static String run(String name) {
        return Scenarios.run(name);
    }
}
