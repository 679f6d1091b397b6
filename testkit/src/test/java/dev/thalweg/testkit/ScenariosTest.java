package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScenariosTest {
    @Test
    void oneScenarioHasOneDigest() {
        for (StructureModel<?> model : Models.all()) {
            String name = "random/" + model.name() + "/seed/";
            assertThat(Scenarios.run(name + 17)).hasSize(64).isEqualTo(Scenarios.run(name + 17))
                    .isNotEqualTo(Scenarios.run(name + 18));
        }
    }

    @Test
    void aScriptComesToWhatItsSeedCameTo() {
        RandomRunner.Run run = RandomRunner.generate(Models.all().get(0), 17);
        assertThat(Scenarios.run("script/" + run.script().toJson().toJson()))
                .isEqualTo(Scenarios.run("random/map/seed/17")).isEqualTo(run.digest());
    }

    @Test
    void latticesHaveDigestsToo() {
        assertThat(Scenarios.run("lattice/or-set/seed/17")).hasSize(64)
                .isEqualTo(Scenarios.run("lattice/or-set/seed/17"))
                .isNotEqualTo(Scenarios.run("lattice/or-set/seed/3"));
    }

    @Test
    void textsAndListsHaveDigestsToo() {
        for (int seed = 1; seed <= 100; seed++) {
            assertThat(Scenarios.run("text/seed/" + seed)).hasSize(64);
            assertThat(Scenarios.run("list/seed/" + seed)).hasSize(64).isEqualTo(Scenarios.run("list/seed/" + seed));
        }
        assertThat(Scenarios.run("text/seed/17")).isEqualTo(Scenarios.run("text/seed/17"))
                .isNotEqualTo(Scenarios.run("text/seed/3"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String name : new String[] {"", "random/map", "random/map/seed/x", "random/none/seed/1",
            "random/map/seed/1234567890", "script/{", "lattice/none/seed/1", "lattice/or-set/seed/x", "text/seed/x",
            "texts/seed/1",
            "script/{\"dds\":\"none\",\"steps\":[]}"}) {
            assertThatThrownBy(() -> Scenarios.run(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
