package dev.thalweg.testkit.laws;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.Shrinker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds the laws against the lattices. */
public final class Laws {
    /**
     * A law that does not hold.
     *
     * @param law     which
     * @param failing the smallest case found in which it does not
     * @param failure what went wrong in it
     */
    public record Broken(String type, Law law, LawCase failing, String failure) {
        /** As it is kept in a file. */
        public JsonObject toJson() {
            return failing.toJson().with("lattice", JsonValue.of(type)).with("law", JsonValue.of(law.title()))
                    .with("failed", JsonValue.of(failure));
        }
    }

    private Laws() {}

    /** The laws that say anything of a lattice. */
    public static Set<Law> of(LatticeModel<?> model) {
        Set<Law> laws = EnumSet.noneOf(Law.class);
        for (Law law : Law.values()) {
            if (law.appliesTo(model)) {
                laws.add(law);
            }
        }
        return laws;
    }

    /**
     * Looks at all laws in cases made up from seeds on end, each until it breaks.
     *
     * @param watch is told how many cases have been played
     * @return what is broken, in the smallest case found
     */
    public static Map<Law, Broken> check(LatticeModel<?> model, int seed, int cases, Watch watch) {
        Set<Law> holding = of(model);
        Map<Law, Broken> broken = new EnumMap<>(Law.class);
        for (int i = 0; i < cases && !holding.isEmpty(); i++) {
            LawCase made = LawCase.generate(model, seed + i);
            for (Law law : failures(model, holding, made)) {
                holding.remove(law);
                broken.put(law, shrink(model, law, made));
            }
            watch.played(i + 1);
        }
        return broken;
    }

    /** Hears how far a check has come. */
    @FunctionalInterface
    public interface Watch {
        /** So many cases have been played. */
        void played(int cases);
    }

    /**
     * Looks at a kept case once more.
     *
     * @return what went wrong, or null when the law holds
     * @throws ProtocolException when it is not a case
     */
    public static @Nullable String replay(JsonObject kept) throws ProtocolException {
        LatticeModel<?> model = LatticeModels.find(kept.string("lattice"));
        if (model == null) {
            throw new ProtocolException("no lattice is called " + kept.string("lattice") + "; there are "
                    + LatticeModels.names());
        }
        for (Law law : Law.values()) {
            if (law.title().equals(kept.string("law"))) {
                return failure(model, law, LawCase.read(kept));
            }
        }
        throw new ProtocolException("no law is called " + kept.string("law"));
    }

    /** SHA-256 over the bytes of all states and values that a case ends in: the same on every target. */
    public static String digest(LatticeModel<?> model, int seed) {
        return digestOf(model, seed);
    }

    private static <S extends Lattice<S>> String digestOf(LatticeModel<S> model, int seed) {
        LawWorld<S> world = LawWorld.play(model, LawCase.generate(model, seed), (moment, node) -> {});
        StringBuilder all = new StringBuilder();
        for (S state : world.states) {
            all.append(state.digest()).append(state.value().toJson());
        }
        all.append(world.join(world.states).digest());
        return Hex.encode(Sha256.digest(Utf8.encode(all.toString())));
    }

    private static Broken shrink(LatticeModel<?> model, Law law, LawCase failing) {
        LawCase small = failing.withSteps(Shrinker.remove(failing.steps(),
                steps -> failure(model, law, failing.withSteps(steps)) != null));
        String failure = failure(model, law, small);
        return new Broken(model.name(), law, small, failure == null ? "" : failure);
    }

    /* The case is played once for all laws. */
    private static <S extends Lattice<S>> List<Law> failures(LatticeModel<S> model, Set<Law> laws, LawCase made) {
        LawWorld<S> world;
        try {
            world = play(model, made);
        } catch (RuntimeException e) {
            return List.copyOf(laws);
        }
        List<Law> broken = new ArrayList<>();
        for (Law law : laws) {
            if (failure(law, world) != null) {
                broken.add(law);
            }
        }
        return broken;
    }

    private static <S extends Lattice<S>> @Nullable String failure(LatticeModel<S> model, Law law, LawCase made) {
        LawWorld<S> world;
        try {
            world = play(model, made);
        } catch (RuntimeException e) {
            return explain(e);
        }
        return failure(law, world);
    }

    private static <S extends Lattice<S>> LawWorld<S> play(LatticeModel<S> model, LawCase made) {
        return LawWorld.play(model, made,
                (world, node) -> model.changes().check(world.states.get(node), made.honest()));
    }

    /* Whatever a lattice throws is what we are after. */
    private static @Nullable String failure(Law law, LawWorld<?> world) {
        try {
            law.check(world, new Rng(~world.played.seed()));
            return null;
        } catch (ProtocolException e) {
            return "refused: " + e.getMessage();
        } catch (RuntimeException e) {
            return explain(e);
        }
    }

    private static String explain(RuntimeException e) {
        String message = e.getMessage();
        return e instanceof IllegalStateException && message != null ? message : e.toString();
    }
}
