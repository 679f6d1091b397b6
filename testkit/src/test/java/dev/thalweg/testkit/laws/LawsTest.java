package dev.thalweg.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.crdt.BoundedCounter;
import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.HidingMap;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Evidence;
import dev.thalweg.testkit.Repository;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.cli.LawTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every law holds for every lattice. {@code -Dthalweg.fuzz.seed} and {@code -Dthalweg.cases} say from which seed and in
 * how many cases. A case in which one is broken is made small and kept.
 */
class LawsTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    /** Mutation tests break laws on purpose and keep nothing. */
    private static final Path KEPT = Repository.root()
            .resolve(System.getProperty("thalweg.kept", LawTable.FOLDER.toString()));

    @TestFactory
    Stream<DynamicTest> everyLawHolds() {
        AtomicInteger laws = new AtomicInteger();
        AtomicInteger holding = new AtomicInteger();
        return Stream.concat(LatticeModels.all().stream().map(model -> DynamicTest.dynamicTest(model.name(), () -> {
            laws.addAndGet(Laws.of(model).size());
            hold(model);
            holding.addAndGet(Laws.of(model).size());
        })), Stream.of(DynamicTest.dynamicTest("all of them", () -> {
            // By itself, as the mutation tests run it, it has nothing to say.
            assumeTrue(laws.get() > 0);
            assertThat(holding).hasValue(laws.get());
            Evidence.record(LawsTest.class, "laws", "Laws of joining, held against " + LatticeModels.all().size()
                    + " lattices in " + CASES + " cases each", holding + " of " + laws + " hold");
        })));
    }

    private static void hold(LatticeModel<?> model) throws IOException {
        Map<Law, Laws.Broken> broken = Laws.check(model, SEED, CASES, played -> {});
        StringBuilder complaints = new StringBuilder();
        for (Laws.Broken each : broken.values()) {
            Path file = LawTable.keep(each, KEPT);
            complaints.append(each.law().title() + ", seed " + each.failing().seed() + ": " + each.failure()
                    + "; kept in " + file + "\n");
        }
        assertThat(complaints.toString()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatWasBrokenOnceHolds() throws IOException {
        Path folder = Repository.root().resolve(LawTable.FOLDER);
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> assertThat(LawTable.replay(file)).isNull()));
    }

    /** A set that forgets what came first: no law may let that pass for a lattice. */
    @Test
    void aLatticeThatIsNoneIsFoundOutAndMadeSmall() {
        LatticeModel<GSet> honest = PlainModels.G_SET;
        LatticeModel<GSet> broken = new LatticeModel<>("broken", GSet.EMPTY, (json, what) -> GSet.EMPTY, "",
                new LatticeModel.Changes<>() {
                    @Override
                    public JsonValue generate(Rng rng, String replica) {
                        return honest.changes().generate(rng, replica);
                    }

                    @Override
                    public GSet delta(GSet state, JsonValue call) {
                        return honest.changes().delta(state, call);
                    }
                });
        Map<Law, Laws.Broken> found = Laws.check(broken, 1, 200, played -> {});
        assertThat(found).containsOnlyKeys(Law.JSON, Law.BYTES, Law.REPLAY);
        Laws.Broken replay = found.get(Law.REPLAY);
        assertThat(replay.failing().steps()).hasSizeBetween(1, 3);
        assertThat(replay.failure()).isEqualTo("refused: snapshot is not in its one form");
    }

    @Test
    void aKeptCaseIsTheCase() throws ProtocolException {
        LawCase made = LawCase.generate(PlainModels.G_SET, 7);
        JsonObject kept = new Laws.Broken("g-set", Law.DELTAS, made, "").toJson();
        assertThat(LawCase.read(kept)).isEqualTo(made);
        assertThat(Laws.replay(kept)).isNull();
        assertThatThrownBy(() -> Laws.replay(kept.with("law", JsonValue.of("gravity"))))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("gravity");
        assertThatThrownBy(() -> Laws.replay(kept.with("lattice", JsonValue.of("heap"))))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("heap");
    }

    /** Refusing everything would hold every law of readers, and so would refusing nothing that is damaged. */
    @Test
    void mostOfWhatIsDamagedIsRefused() {
        for (LatticeModel<?> model : LatticeModels.all()) {
            int refused = 0;
            for (int seed = 0; seed < 200; seed++) {
                LawWorld<?> world = LawWorld.play(model, LawCase.generate(model, seed), (moment, node) -> {});
                JsonValue damaged = Encodings.damaged(world.states.get(0).toJson(), new Rng(seed));
                try {
                    Encodings.codec(model, JsonLimits.DEFAULT).fromText(damaged.toJson(), "state");
                } catch (ProtocolException e) {
                    refused++;
                }
            }
            assertThat(refused).as(model.name()).isBetween(50, 199);
        }
    }

    @Test
    void aBoundedCounterIsNeverOverdrawn() {
        LatticeModel<BoundedCounter> model = PlainModels.BOUNDED_COUNTER;
        int taken = 0;
        for (int seed = 0; seed < CASES; seed++) {
            LawCase made = LawCase.generate(model, seed);
            if (made.honest()) {
                LawWorld<BoundedCounter> world = LawWorld.play(model, made, (moment, node) -> {});
                BoundedCounter all = world.join(world.states);
                double rights = 0;
                for (String replica : Hostile.REPLICAS) {
                    assertThat(all.rights(replica)).as("seed %d", seed).isNotNegative();
                    rights += all.rights(replica);
                }
                assertThat(all.total()).as("seed %d", seed).isEqualTo(rights);
                taken += world.deltas.stream().anyMatch(delta -> delta.toJson().toJson().contains("\"n\":{\"")) ? 1 : 0;
            }
        }
        assertThat(taken).isGreaterThan(CASES / 20);
    }

    @Test
    void touchedNamesEveryKeyThatAJoinChanges() {
        LatticeModel<HidingMap<PNCounter>> maps = CausalModels.hiding("map", PlainModels.PN_COUNTER);
        for (int seed = 0; seed < CASES; seed++) {
            LawWorld<HidingMap<PNCounter>> world = LawWorld.play(maps, LawCase.generate(maps, seed),
                    (moment, node) -> {});
            HidingMap<PNCounter> map = world.states.get(0);
            HidingMap<PNCounter> joined = map.join(world.states.get(1));
            Set<String> touched = map.touched(world.states.get(1));
            for (String key : Hostile.KEYS) {
                boolean same = map.dots(key).equals(joined.dots(key))
                        && Objects.equals(map.value(key), joined.value(key));
                assertThat(same || touched.contains(key)).as("seed %d, %s", seed, key).isTrue();
            }
            LawWorld<ORSet> sets = LawWorld.play(CausalModels.OR_SET, LawCase.generate(CausalModels.OR_SET, seed),
                    (moment, node) -> {});
            ORSet set = sets.states.get(0);
            Set<String> changed = new TreeSet<>(set.elements());
            Set<String> after = new TreeSet<>(set.join(sets.states.get(1)).elements());
            Set<String> both = new TreeSet<>(changed);
            both.retainAll(after);
            changed.addAll(after);
            changed.removeAll(both);
            assertThat(set.touched(sets.states.get(1))).as("seed %d", seed).containsAll(changed);
        }
    }
}
