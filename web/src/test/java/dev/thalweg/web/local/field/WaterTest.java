package dev.thalweg.web.local.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaterTest {
    private static final double TICK = 100;

    private final Water water = new Water("t", "Tern");
    private final List<News> noticed = new ArrayList<>();
    private double now = 1_000_000;

    private void run(double millis) {
        for (double end = now + millis; now < end; now += TICK) {
            water.tick(now);
            noticed.addAll(water.you().news());
        }
    }

    private static List<String> seen(Mate mate) {
        return mate.boats().stream().map(Mate.Boat::name).sorted().toList();
    }

    private List<News.Kind> kinds() {
        return noticed.stream().map(News::kind).toList();
    }

    @Test
    void everybodySeesEverybody() {
        run(500);
        for (Mate mate : List.of(water.you(), water.boat(0), water.boat(1))) {
            assertThat(seen(mate)).containsExactly("Heron", "Tern", "Wren");
        }
        run(10 * Mate.LIFETIME);
        assertThat(seen(water.you())).hasSize(3);
        assertThat(kinds()).containsOnly(News.Kind.CAME);
    }

    @Test
    void aBoatThatIsCutOffIsOverAndComesBack() {
        run(500);
        water.cut(0, true, now);
        run(Mate.LIFETIME - Mate.BEAT - 500);
        assertThat(seen(water.you())).contains("Wren");
        run(Mate.BEAT + 1_000);
        assertThat(seen(water.you())).containsExactly("Heron", "Tern");
        assertThat(seen(water.boat(0))).containsExactly("Wren");
        assertThat(kinds()).contains(News.Kind.EXPIRED).doesNotContain(News.Kind.LEFT);
        water.cut(0, false, now);
        run(500);
        assertThat(seen(water.you())).hasSize(3);
        assertThat(seen(water.boat(0))).hasSize(3);
    }

    @Test
    void aBoatThatHasLeftStaysGoneWhateverComesLate() {
        run(500);
        water.line(0).delay(Line.Delay.HELD);
        run(2 * Mate.BEAT);
        water.boat(0).leave();
        run(500);
        assertThat(seen(water.you())).contains("Wren");
        water.land(0, water.line(0).newest());
        run(TICK);
        assertThat(seen(water.you())).doesNotContain("Wren");
        water.land(0, water.line(0).all());
        run(TICK);
        assertThat(seen(water.you())).doesNotContain("Wren");
        assertThat(kinds()).contains(News.Kind.LEFT, News.Kind.LATE).doesNotContain(News.Kind.EXPIRED);
        run(500);
        assertThat(seen(water.boat(1))).as("told by the tab").doesNotContain("Wren");

        water.line(0).delay(Line.Delay.NONE);
        water.boat(0).join();
        run(500);
        assertThat(seen(water.you())).contains("Wren");
        assertThat(seen(water.boat(1))).contains("Wren");
    }

    @Test
    void twiceIsOnce() {
        water.line(0).twice(true);
        run(3_000);
        assertThat(seen(water.you())).hasSize(3);
        assertThat(kinds()).containsOnly(News.Kind.CAME).hasSize(3);
    }

    @Test
    void aPointerThatRacesIsHeardInPortions() {
        run(500);
        int writes = water.you().writes();
        int portions = water.you().portions();
        for (int i = 0; i < 1_000; i++) {
            water.you().move(i % 90, i % 50);
            now++;
            if (i % 50 == 0) {
                water.tick(now);
            }
        }
        water.tick(now);
        assertThat(water.you().writes() - writes).isLessThanOrEqualTo(2 + (int) (1_000 / Mate.STEP) + 1);
        assertThat(water.you().portions() - portions).isLessThanOrEqualTo(6);
        run(500);
        assertThat(water.boat(1).boats()).filteredOn(boat -> boat.name().equals("Tern"))
                .allSatisfy(boat -> assertThat(boat.x()).isEqualTo(Math.max(2, 999 % 90)));
    }

    @Test
    void whatClaimsToBeFromLaterIsRefused() {
        run(500);
        List<String> before = seen(water.you());
        EphemeralEntry entry = new EphemeralEntry(JsonValue.of("x"), now + 3_600_000, 1, "mallory");
        assertThat(water.you().hear(new EphemeralState(Map.of(Mate.BOATS, Map.of("mallory", entry)), Map.of())))
                .isFalse();
        noticed.addAll(water.you().news());
        assertThat(kinds()).contains(News.Kind.REFUSED);
        assertThat(seen(water.you())).isEqualTo(before);
    }

    @Test
    void positionsThatAreNoneDoNoHarm() {
        run(500);
        EphemeralEntry number = new EphemeralEntry(JsonValue.of(3), now, 1, "n");
        EphemeralEntry far = new EphemeralEntry(JsonObject.of("x", JsonValue.of(1e300)), now, 1, "f");
        water.you().hear(new EphemeralState(Map.of(Mate.BOATS, Map.of("n", number, "f", far)), Map.of()));
        assertThat(water.you().boats()).hasSize(4).filteredOn(boat -> boat.peer().equals("f"))
                .singleElement().satisfies(boat -> assertThat(boat.x()).isLessThanOrEqualTo(360));
    }

    @Test
    void whateverHappensAllSeeTheSameOnceTheLinesAreGood() {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            Water field = new Water("s" + seed, "Tern");
            double time = 0;
            for (int i = 0; i < 300; i++) {
                int boat = random.nextInt(2);
                switch (random.nextInt(12)) {
                    case 0 -> field.cut(boat, random.nextBoolean(), time);
                    case 1 -> field.line(boat).delay(Line.Delay.values()[random.nextInt(3)]);
                    case 2 -> field.line(boat).twice(random.nextBoolean());
                    case 3 -> field.sail(random.nextBoolean());
                    case 4 -> field.land(boat, field.line(boat).newest());
                    case 5 -> {
                        if (field.boat(boat).isAfloat()) {
                            field.boat(boat).leave();
                        } else {
                            field.boat(boat).join();
                        }
                    }
                    default -> {
                        time += 50 + random.nextInt(400);
                        field.tick(time);
                    }
                }
            }
            field.sail(false);
            for (int boat = 0; boat < 2; boat++) {
                field.cut(boat, false, time);
                field.line(boat).twice(false);
                field.line(boat).delay(Line.Delay.NONE);
                field.land(boat, field.line(boat).all());
            }
            for (int i = 0; i < 60; i++) {
                time += TICK;
                field.tick(time);
            }
            List<Mate.Boat> all = field.you().boats();
            assertThat(all).as("seed %d", seed).hasSize(1 + (field.boat(0).isAfloat() ? 1 : 0)
                    + (field.boat(1).isAfloat() ? 1 : 0));
            assertThat(field.boat(0).boats()).as("seed %d", seed).isEqualTo(all);
            assertThat(field.boat(1).boats()).as("seed %d", seed).isEqualTo(all);
        }
    }
}
