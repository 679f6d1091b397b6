package dev.thalweg.testkit;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.laws.LatticeModel;
import dev.thalweg.testkit.laws.LatticeModels;
import dev.thalweg.testkit.laws.Laws;
import dev.thalweg.testkit.trace.ListScenario;
import dev.thalweg.testkit.trace.TextScenario;
import org.jspecify.annotations.Nullable;

/** Runs that are asked for by name and answer with a digest, to be compared between the targets. */
public final class Scenarios {
    private static final String RANDOM = "random/";
    private static final String SEED = "/seed/";
    private static final String LATTICE = "lattice/";
    private static final String TEXT = "text";
    private static final String LIST = "list";
    private static final String SCRIPT = "script/";

    private Scenarios() {}

    /**
     * Runs a scenario.
     *
     * @param name {@code random/map/seed/17}: the script made up from a seed, for any of {@link Subjects}; {@code lattice/or-set/seed/17}:
     *             likewise a case of a lattice; {@code text/seed/17}: replicas of a text; {@code list/seed/17}: replicas of a
     *             list, of tables and of an ephemeral store; {@code script/<json>}: that script, or corpus entry
     * @return the digest of everything that came of it, 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException when there is no such scenario
     * @throws IllegalStateException    when the structure fails in it
     */
    public static String run(String name) {
        int seed = name.indexOf(SEED);
        if (name.startsWith(LATTICE) && seed >= LATTICE.length()) {
            LatticeModel<?> lattice = LatticeModels.find(name.substring(LATTICE.length(), seed));
            if (lattice == null) {
                throw new IllegalArgumentException("no lattice of " + name + " is known");
            }
            return Laws.digest(lattice, number(name, seed + SEED.length()));
        }
        if (seed == TEXT.length() && name.startsWith(TEXT)) {
            return TextScenario.digest(number(name, seed + SEED.length()));
        }
        if (seed == LIST.length() && name.startsWith(LIST)) {
            return ListScenario.digest(number(name, seed + SEED.length()));
        }
        RandomRunner.Run run = find(name);
        if (run.failure() != null) {
            throw new IllegalStateException(name + ": " + run.failure());
        }
        return run.digest();
    }

    private static RandomRunner.Run find(String name) {
        if (name.startsWith(SCRIPT)) {
            return script(name.substring(SCRIPT.length()));
        }
        int seed = name.indexOf(SEED);
        if (!name.startsWith(RANDOM) || seed < RANDOM.length()) {
            throw new IllegalArgumentException("no scenario is called " + name);
        }
        return subject(name.substring(RANDOM.length(), seed), name).generate(number(name, seed + SEED.length()));
    }

    private static RandomRunner.Run script(String json) {
        try {
            Script script = Script.read(JsonValue.parse(json));
            return subject(script.structure(), script.structure()).play(script);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException("not a script: " + e.getMessage(), e);
        }
    }

    private static Subject subject(String structure, String name) {
        @Nullable
        Subject subject = Subjects.find(structure);
        if (subject == null) {
            throw new IllegalArgumentException(
                    "no structure of " + name + " is known; there are " + Subjects.names());
        }
        return subject;
    }

    private static int number(String name, int from) {
        int number = 0;
        for (int i = from; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i - from > 8) {
                throw new IllegalArgumentException("the seed of " + name + " must be from 0 to 999999999");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
