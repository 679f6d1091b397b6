package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lattices with a causal context mean; that they are lattices is for the laws to say. */
class CausalTest {
    @Test
    void anAdditionWinsInAnORSetAndARemovalInAnRWSet() {
        ORSet or = ORSet.EMPTY.join(ORSet.EMPTY.add("a", "fig"));
        assertThat(or.join(or.remove("fig")).elements()).isEmpty();
        assertThat(or.join(or.remove("fig")).join(or.add("b", "fig")).elements()).containsExactly("fig");
        RWSet rw = RWSet.EMPTY.join(RWSet.EMPTY.add("a", "fig"));
        assertThat(rw.elements()).containsExactly("fig");
        RWSet both = rw.join(rw.remove("a", "fig")).join(rw.add("b", "fig"));
        assertThat(both.contains("fig")).isFalse();
        assertThat(both.join(both.add("b", "fig")).elements()).containsExactly("fig");
    }

    @Test
    void aRemovalThatCameFirstKeepsAnElementOutOfAnRWSet() {
        RWSet set = RWSet.EMPTY.join(RWSet.EMPTY.remove("a", "fig"));
        assertThat(set.join(RWSet.EMPTY.add("b", "fig")).elements()).isEmpty();
    }

    @Test
    void flagsFallToTheSideTheyAreNamedAfter() {
        EWFlag ew = EWFlag.DISABLED.join(EWFlag.DISABLED.enable("a"));
        assertThat(ew.join(ew.disable()).enabled()).isFalse();
        assertThat(ew.join(ew.disable()).join(ew.enable("b")).enabled()).isTrue();
        DWFlag dw = DWFlag.ENABLED.join(DWFlag.ENABLED.disable("a"));
        assertThat(dw.enabled()).isFalse();
        assertThat(dw.join(dw.enable()).enabled()).isTrue();
        assertThat(dw.join(dw.enable()).join(dw.disable("b")).enabled()).isFalse();
    }

    @Test
    void anMVRegisterShowsItsConflictUntilItIsWrittenOver() {
        MVRegister one = MVRegister.EMPTY.assign("a", JsonValue.of("tea"));
        MVRegister both = one.join(MVRegister.EMPTY.assign("b", JsonValue.of("coffee")));
        assertThat(both.value()).hasToString("[\"tea\",\"coffee\"]");
        assertThat(both.join(both.assign("b", JsonValue.of("milk"))).value()).hasToString("[\"milk\"]");
        assertThat(both.join(both.clear()).values()).isEmpty();
    }

    @Test
    void anLWWMapKeepsTheLatestWriteAndLetsAWriteWinOverARemoval() {
        LWWMap map = LWWMap.EMPTY.join(LWWMap.EMPTY.put("a", "pen", JsonValue.of("red"), 5));
        LWWMap later = map.put("b", "pen", JsonValue.of("blue"), 3);
        assertThat(later.stamp("pen")).isEqualTo(new Stamp(5, 1, "b"));
        assertThat(map.join(later).get("pen")).isEqualTo(JsonValue.of("blue"));
        assertThat(map.join(map.remove("pen")).get("pen")).isNull();
        assertThat(map.join(map.remove("pen")).join(later).value()).hasToString("{\"pen\":\"blue\"}");
        assertThat(map.join(LWWMap.EMPTY.put("c", "pen", JsonValue.of("old"), 4)).get("pen"))
                .isEqualTo(JsonValue.of("red"));
        assertThat(map.keys()).containsExactly("pen");
        assertThat(map.size()).isEqualTo(1);
    }

    @Test
    void removingAKeyResetsWhatWasSeenAndNothingElse() {
        ORMap<ORSet> map = ORMap.of(ORSet.EMPTY);
        map = map.join(map.update("fruit", set -> set.add("a", "fig")));
        ORMap<ORSet> plum = map.update("fruit", set -> set.add("b", "plum"));
        map = map.join(map.remove("fruit"));
        assertThat(map.has("fruit")).isFalse();
        assertThat(map.join(plum).value()).hasToString("{\"fruit\":[\"plum\"]}");
        map = map.join(map.update("fruit", set -> set.add("a", "pear")));
        assertThat(map.get("fruit").elements()).containsExactly("pear");
        assertThat(map.join(map.clear()).size()).isZero();
    }

    @Test
    void mapsOfMapsResetAllTheWayDown() {
        ORMap<ORMap<MVRegister>> map = ORMap.of(ORMap.of(MVRegister.EMPTY));
        map = map.join(map.update("x", inner -> inner.update("y", register -> register.assign("a", JsonValue.of(1)))));
        ORMap<ORMap<MVRegister>> other = map
                .update("x", inner -> inner.update("z", register -> register.assign("b", JsonValue.of(2))));
        map = map.join(map.remove("x")).join(other);
        assertThat(map.value()).hasToString("{\"x\":{\"z\":[2]}}");
        assertThat(map.join(map.update("x", inner -> inner.remove("z"))).keys()).isEmpty();
    }

    @Test
    void aCounterThatWasRemovedStartsAgainAtNothing() {
        GCounterMap map = GCounterMap.EMPTY.join(GCounterMap.EMPTY.increment("a", "k", 10));
        GCounterMap removed = map.join(map.remove("k"));
        assertThat(removed.keys()).isEmpty();
        assertThat(removed.join(removed.increment("a", "k", 1)).get("k").total()).isEqualTo(1);
        // An own part is whole: what the replica adds at the same time, it adds to that.
        assertThat(removed.join(map.increment("a", "k", 1)).get("k").total()).isEqualTo(11);
        assertThat(removed.join(map.increment("b", "k", 1)).get("k").total()).isEqualTo(1);
        PNCounterMap signed = PNCounterMap.EMPTY.join(PNCounterMap.EMPTY.update("a", "k", -4));
        assertThat(signed.join(signed.update("b", "k", 1)).value()).hasToString("{\"k\":-3}");
    }

    @Test
    void aMultiMapForgetsAKeyWithoutElements() {
        ORMultiMap map = ORMultiMap.EMPTY.join(ORMultiMap.EMPTY.put("a", "k", "x"));
        map = map.join(map.put("a", "k", "y"));
        assertThat(map.get("k")).containsExactly("x", "y");
        map = map.join(map.remove("k", "x"));
        assertThat(map.contains("k", "y")).isTrue();
        assertThat(map.join(map.removeAll("k")).join(map.put("b", "k", "z")).value()).hasToString("{\"k\":[\"z\"]}");
        assertThat(map.join(map.remove("k", "y")).keys()).isEmpty();
    }

    /** -Dthalweg.cases=100000 makes it a million. */
    @Test
    void addingAndRemovingOverAndOverLeavesTheElementsAndTheReplicas() {
        int rounds = Math.max(100, Integer.getInteger("thalweg.cases", 100) / 100);
        ORSet set = ORSet.EMPTY;
        for (int round = 0; round < rounds; round++) {
            String replica = "r" + round % 3;
            for (int i = 0; i < 1000; i++) {
                set = set.join(set.add(replica, "e" + i));
                if (round < rounds - 1) {
                    set = set.join(set.remove("e" + i));
                }
            }
        }
        assertThat(set.size()).isEqualTo(1000);
        assertThat(DotStore.dots(set.store)).hasSize(1000);
        assertThat(set.context().size()).isEqualTo(3);
        for (PersistentMap.Node<String, Ranges> node : set.context().ranges()) {
            assertThat(node.value.count()).isEqualTo(1);
        }
        ORSet fresh = ORSet.EMPTY;
        for (int i = 0; i < 1000; i++) {
            fresh = fresh.join(fresh.add("r0", "e" + i));
        }
        assertThat(set.toBytes().length).isLessThan(2 * fresh.toBytes().length);
        set.check();
    }

    @Test
    void aDeltaOfALargeSetIsSmallAndMayComeInAnyOrder() {
        ORSet set = ORSet.EMPTY;
        for (int i = 0; i < 2000; i++) {
            set = set.join(set.add("a", "e" + i));
        }
        ORSet delta = set.add("a", "e7");
        assertThat(delta).hasToString("{\"context\":{\"a\":[8,8,2001,2001]},\"entries\":{\"e7\":{\"a\":[2001]}}}");
        assertThat(delta.join(set)).isEqualTo(set.join(delta));
        assertThat(set.join(set)).isSameAs(set);
        assertThat(set.join(delta).join(set)).isEqualTo(set.join(delta));
        assertThat(set.covers(delta)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"context\":{},\"entries\":{\"x\":{\"a\":[1]}}}",
        "{\"context\":{\"a\":[1,1]},\"entries\":{\"x\":{\"a\":[1]},\"y\":{\"a\":[1]}}}",
        "{\"context\":{\"a\":[1,1]},\"entries\":{\"x\":{}}}",
        "{\"context\":{\"a\":[1,1]},\"entries\":{\"x\":{\"a\":[]}}}",
        "{\"context\":{\"a\":[1,2]},\"entries\":{\"x\":{\"a\":[2,1]}}}",
        "{\"context\":{\"a\":[1,1,2,2]},\"entries\":{}}", "{\"context\":{\"a\":[0,1]},\"entries\":{}}",
        "{\"context\":{\"\":[1,1]},\"entries\":{}}", "{\"context\":{}}", "{\"context\":{},\"entries\":{},\"more\":1}"})
    void whatIsNoStateIsRefusedAndSaysWhere(String json) {
        assertThatThrownBy(() -> ORSet.EMPTY.read(JsonValue.parse(json), "set")).isInstanceOf(ProtocolException.class)
                .hasMessageMatching("(set|missing).*");
    }

    @Test
    void whatIsWrittenTooFarAheadIsRefused() throws ProtocolException {
        LWWMap map = LWWMap.EMPTY.put("a", "pen", JsonValue.of("red"), 1_000_001);
        assertThat(LWWMap.until(1_000_001).read(map.toJson(), "map")).isEqualTo(map);
        assertThatThrownBy(() -> LWWMap.until(1_000_000).read(map.toJson(), "map"))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("map.entries").hasMessageContaining("stamp")
                .hasMessageContaining("1000000").hasMessageContaining("1000001");
    }
}
