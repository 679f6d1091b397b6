package dev.thalweg.web.lattices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorldTest {
    @Test
    void drawsTheOrderAndNothingThatFollowsFromIt() {
        Hasse<GSet> hasse = new Hasse<>();
        GSet none = GSet.EMPTY;
        GSet a = none.add("a");
        GSet b = none.add("b");
        GSet ab = a.join(b);
        for (GSet state : List.of(none, ab, a, b, a)) {
            hasse.reach(state, held -> true);
        }
        assertThat(hasse.size()).isEqualTo(4);
        assertThat(hasse.ranks()).containsExactly(0, 2, 1, 1);
        assertThat(hasse.isBelow(0, 1)).isTrue();
        assertThat(hasse.isDirectlyBelow(0, 1)).as("there are states between").isFalse();
        assertThat(hasse.isDirectlyBelow(0, 2)).isTrue();
        assertThat(hasse.isDirectlyBelow(3, 1)).isTrue();
        assertThat(hasse.isBelow(2, 3)).isFalse();
        assertThat(hasse.isBelow(1, 1)).isFalse();
    }

    @Test
    void forgetsWhatNobodyHoldsWhenItIsFull() {
        World<PNCounter> world = new World<>(Kind.counter());
        Kind.Deed<PNCounter> increment = world.kind().deeds().get(0);
        for (int i = 0; i < 2 * Hasse.MOST; i++) {
            world.act(0, increment);
        }
        Hasse<PNCounter> reached = world.reached();
        assertThat(reached.size()).isEqualTo(Hasse.MOST);
        assertThat(reached.isWhole()).isFalse();
        assertThat(reached.state(0)).as("two replicas are there").isEqualTo(PNCounter.ZERO);
        assertThat(reached.number(1)).as("numbers stay").isEqualTo(Hasse.MOST + 3);
        assertThat(reached.indexOf(world.state(0))).isEqualTo(Hasse.MOST - 1);
    }

    @Test
    void whatIsLostOnACutLinkComesWhenItIsMended() {
        World<ORSet> world = new World<>(Kind.set());
        int link = World.linkOf(0, 1);
        assertThat(world.cut(link, true)).isEmpty();
        List<World.Message<ORSet>> sent = world.act(0, world.kind().deeds().get(0));
        assertThat(sent).extracting(World.Message::to).containsExactly(1, 2);
        sent.forEach(message -> world.deliver(message.number()));
        assertThat(world.lost()).isOne();
        assertThat(world.state(1)).isEqualTo(ORSet.EMPTY);
        assertThat(world.state(2)).isEqualTo(world.state(0));
        assertThat(world.isAlike()).isFalse();
        assertThat(world.cut(link, false)).hasSize(2)
                .allSatisfy(message -> assertThat(message.label()).isEqualTo("all"));
        while (!world.flying().isEmpty()) {
            world.deliver(world.flying().get(0).number());
        }
        assertThat(world.isAlike()).isTrue();
        world.deliver(sent.get(0).number());
        assertThat(world.lost()).as("a message arrives once").isOne();
    }

    @Test
    void endsInOneStateWhateverTheNetworkDid() {
        for (Kind<?> kind : List.of(Kind.counter(), Kind.set(), Kind.map())) {
            for (int seed = 0; seed < 100; seed++) {
                ends(new World<>(kind), new Random(seed), kind.id() + " with seed " + seed);
            }
        }
    }

    private static <S extends Lattice<S>> void ends(World<S> world, Random random, String what) {
        for (int i = 0; i < 60; i++) {
            List<World.Message<S>> flying = world.flying();
            switch (random.nextInt(4)) {
                case 0 -> world.act(random.nextInt(3), world.kind().deeds().get(random.nextInt(2)));
                case 1 -> world.cut(random.nextInt(3), random.nextBoolean());
                case 2 -> world.duplicate(random.nextBoolean());
                default -> {
                    if (!flying.isEmpty()) {
                        world.deliver(flying.get(random.nextInt(flying.size())).number());
                    }
                }
            }
            assertThat(world.reached().indexOf(world.state(random.nextInt(3)))).as(what).isNotNegative();
        }
        for (int link = 0; link < 3; link++) {
            world.cut(link, false);
            world.cut(link, true);
            world.cut(link, false);
        }
        List<World.Message<S>> left = new ArrayList<>(world.flying());
        while (!left.isEmpty()) {
            world.deliver(left.remove(random.nextInt(left.size())).number());
        }
        // Each has heard of everything from somebody who still lacked something: once more around.
        for (int link = 0; link < 3; link++) {
            world.cut(link, true);
            world.cut(link, false);
        }
        while (!world.flying().isEmpty()) {
            world.deliver(world.flying().get(0).number());
        }
        assertThat(world.isAlike()).as(what).isTrue();
    }
}
