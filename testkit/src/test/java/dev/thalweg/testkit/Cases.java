package dev.thalweg.testkit;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cases of a random test: {@code -Dthalweg.fuzz.seed} says from which seed on, {@code -Dthalweg.cases} how many. */
public final class Cases {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    private Cases() {}

    /** Plays a case of a seed; throws when something does not hold. */
    @FunctionalInterface
    public interface Play {
        void play(int seed) throws Exception;
    }

    /** Plays the steps of a seed, or fewer of them; throws when something does not hold. */
    @FunctionalInterface
    public interface Steps<S> {
        void play(List<S> steps, int seed) throws Exception;
    }

    /** Every case holds. */
    public static void hold(Play play) {
        for (int seed = SEED; seed < SEED + CASES; seed++) {
            try {
                play.play(seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** Every case holds. One that does not is told with no more steps than it takes. @param make the steps of a seed */
    public static <S> void hold(Function<Rng, List<S>> make, Steps<S> steps) {
        hold(seed -> {
            List<S> made = make.apply(new Rng(seed));
            if (failure(steps, made, seed) != null) {
                List<S> small = Shrinker.remove(made, fewer -> failure(steps, fewer, seed) != null);
                throw new AssertionError(failure(steps, small, seed) + " after " + small);
            }
        });
    }

    private static <S> @Nullable String failure(Steps<S> play, List<S> steps, int seed) {
        try {
            play.play(steps, seed);
            return null;
        } catch (Exception | AssertionError e) {
            return e.toString();
        }
    }
}
