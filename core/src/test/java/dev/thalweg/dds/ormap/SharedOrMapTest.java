package dev.thalweg.dds.ormap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.ormap.OrMapEvent.Opened;
import dev.thalweg.dds.ormap.OrMapEvent.Removed;
import dev.thalweg.dds.ormap.OrMapEvent.Striking;
import dev.thalweg.dds.ormap.OrMapEvent.Tallied;
import dev.thalweg.dds.ormap.OrMapEvent.Written;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedOrMapTest {
    private final Client a = new Client("a", SharedOrMap.TALLY.create("ledger", "a"));
    private final Client b = new Client("b", SharedOrMap.TALLY.create("ledger", "b"));

    /** A client whose operations reach the others when the test says so. */
    private static final class Client {
        final RecordingHost host = new RecordingHost();
        final List<OrMapEvent> events = new ArrayList<>();
        final SharedOrMap map;
        int received;

        Client(String name, SharedOrMap map) {
            this.map = map;
            map.bind(host);
            map.subscribe(events::add);
        }

        /** The oldest operation that others have not had. */
        String next() {
            return host.sent.get(received++);
        }
    }

    /** The oldest pending operation of one client is ordered, and reaches both. */
    private static void order(Client author, Client other) throws Exception {
        String contents = author.next();
        author.host.acknowledge(author.map);
        other.host.remote(other.map, contents);
        author.map.check();
        other.map.check();
    }

    /** A row that both have seen. */
    private void bothHaveTwelve() throws Exception {
        a.map.increment("spoil", 12);
        order(a, b);
    }

    @Test
    void anOwnIncrementShowsAtOnce() throws Exception {
        a.map.increment("spoil", 18);
        assertThat(a.map.tally("spoil")).isEqualTo(18);
        assertThat(a.map.sequencedTally("spoil")).isZero();
        assertThat(a.map.pending("spoil")).isTrue();
        assertThat(a.host.sent).containsExactly("{\"type\":\"increment\",\"key\":\"spoil\",\"amount\":18,\"delta\":"
                + "{\"context\":{\"a\":[1,1]},\"entries\":"
                + "{\"spoil\":{\"dots\":{\"a\":[1]},\"value\":{\"n\":{},\"p\":{\"a\":18}}}}}}");
        order(a, b);
        assertThat(b.map.tally("spoil")).isEqualTo(18);
        assertThat(a.map.pending("spoil")).isFalse();
        assertThat(a.map.sequencedTally("spoil")).isEqualTo(18);
        assertThat(a.events).containsExactly(new Opened("spoil", JsonValue.of(18), true));
        assertThat(b.events).containsExactly(new Opened("spoil", JsonValue.of(18), false));
    }

    @Test
    void aStruckRowIsReadableUntilTheStrikeIsOrdered() throws Exception {
        bothHaveTwelve();
        assertThat(a.map.remove("spoil")).isTrue();
        assertThat(a.map.removing("spoil")).isTrue();
        assertThat(a.map.pending("spoil")).isTrue();
        assertThat(a.map.has("spoil")).isTrue();
        assertThat(a.map.tally("spoil")).isEqualTo(12);
        assertThat(a.map.remove("spoil")).isFalse();
        order(a, b);
        assertThat(a.map.has("spoil")).isFalse();
        assertThat(a.map.removing("spoil")).isFalse();
        assertThat(a.map.tally("spoil")).isZero();
        assertThat(a.events).endsWith(new Striking("spoil", true, true), new Removed("spoil", true));
        assertThat(b.events).endsWith(new Removed("spoil", false));
        assertThat(b.map.keys()).isEmpty();
        assertThat(b.map.remove("spoil")).isFalse();
    }

    @Test
    void aDeliveryMadeAtTheSameTimeKeepsTheRow() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        b.map.increment("spoil", 4);
        order(a, b);
        assertThat(a.map.has("spoil")).isFalse();
        assertThat(b.map.tally("spoil")).isEqualTo(16);
        order(b, a);
        assertThat(a.map.tally("spoil")).isEqualTo(16);
        assertThat(a.map.snapshot()).isEqualTo(b.map.snapshot());
        assertThat(a.events).endsWith(new Opened("spoil", JsonValue.of(16), false));
    }

    @Test
    void aDeliveryOrderedBeforeAConcurrentStrikeKeepsTheRowToo() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        b.map.increment("spoil", 4);
        order(b, a);
        assertThat(a.map.removing("spoil")).isFalse();
        assertThat(a.events).endsWith(new Tallied("spoil", 4, 16, false), new Striking("spoil", false, false));
        order(a, b);
        assertThat(a.map.tally("spoil")).isEqualTo(16);
        assertThat(b.map.tally("spoil")).isEqualTo(16);
    }

    @Test
    void reopeningBringsTheLedgerBack() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        order(a, b);
        b.map.increment("spoil", 5);
        order(b, a);
        assertThat(a.map.tally("spoil")).isEqualTo(17);
        assertThat(b.map.tally("spoil")).isEqualTo(17);
        a.map.remove("spoil");
        order(a, b);
        a.map.open("spoil");
        order(a, b);
        assertThat(b.map.tally("spoil")).isEqualTo(17);
        assertThat(b.events).endsWith(new Opened("spoil", JsonValue.of(17), false));
    }

    @Test
    void openingAfterAnOwnPendingStrikeCallsItOff() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        a.map.open("spoil");
        assertThat(a.map.removing("spoil")).isFalse();
        order(a, b);
        assertThat(a.map.has("spoil")).isTrue();
        order(a, b);
        assertThat(a.map.tally("spoil")).isEqualTo(12);
        assertThat(b.map.tally("spoil")).isEqualTo(12);
    }

    @Test
    void strikingARowThatIsPendingItself() throws Exception {
        a.map.increment("spoil", 12);
        a.map.remove("spoil");
        assertThat(a.map.has("spoil")).isTrue();
        assertThat(a.map.removing("spoil")).isTrue();
        order(a, b);
        order(a, b);
        assertThat(a.map.has("spoil")).isFalse();
        assertThat(b.map.has("spoil")).isFalse();
    }

    @Test
    void twoStrikesOfOneRow() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        b.map.remove("spoil");
        order(b, a);
        assertThat(a.map.has("spoil")).isFalse();
        assertThat(a.map.removing("spoil")).isFalse();
        assertThat(a.map.pending("spoil")).isTrue();
        assertThat(a.events).endsWith(new Striking("spoil", true, true), new Removed("spoil", false));
        order(a, b);
        assertThat(a.events).hasSize(3);
        assertThat(a.map.summarize()).isEqualTo(b.map.summarize());
    }

    @Test
    void whatComesTwiceChangesNothing() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        order(a, b);
        a.map.increment("spoil", 1);
        order(a, b);
        for (String contents : a.host.sent) {
            assertThat(a.map.absorb(JsonValue.parse(contents))).isFalse();
            assertThat(b.map.absorb(JsonValue.parse(contents))).isFalse();
        }
        assertThat(b.map.tally("spoil")).isEqualTo(13);
        b.map.check();
    }

    @Test
    void anOwnPendingStrikeThatComesAnotherWayWaitsForItsAcknowledgement() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        assertThat(a.map.absorb(JsonValue.parse(a.host.sent.get(1)))).isFalse();
        assertThat(a.map.has("spoil")).isTrue();
        assertThat(b.map.absorb(JsonValue.parse(a.host.sent.get(1)))).isTrue();
        assertThat(b.map.has("spoil")).isFalse();
    }

    @Test
    void rollbackLeavesTheStateWithoutTheOperation() throws Exception {
        bothHaveTwelve();
        String before = a.map.snapshot().toJson();
        a.map.increment("spoil", 3);
        a.map.remove("spoil");
        a.map.open("wash");
        b.map.increment("borrow", -6);
        String remote = b.next();
        a.host.remote(a.map, remote);
        for (int i = 0; i < 3; i++) {
            a.host.rollback(a.map);
            a.map.check();
        }
        assertThat(a.events).endsWith(new Removed("wash", true), new Striking("spoil", false, true),
                new Tallied("spoil", -3, 12, true));
        assertThat(a.map.snapshot().toJson()).isEqualTo("{\"borrow\":-6," + before.substring(1));
        a.map.increment("spoil", 1);
        assertThat(a.host.sent.get(a.host.sent.size() - 1)).contains("\"dots\":{\"a\":[2]}");
    }

    @Test
    void aSummaryKeepsHiddenLedgersAndNothingPending() throws Exception {
        bothHaveTwelve();
        a.map.remove("spoil");
        order(a, b);
        a.map.increment("wash", 1);
        SharedOrMap loaded = SharedOrMap.TALLY.load("ledger", "c", a.map.summarize());
        loaded.bind(new RecordingHost());
        assertThat(loaded.keys()).isEmpty();
        assertThat(loaded.summarize()).isEqualTo(b.map.summarize());
        loaded.increment("spoil", 5);
        assertThat(loaded.tally("spoil")).isEqualTo(17);
        loaded.check();
    }

    @Test
    void aMapOfOneModeIsNotLoadedInTheOther() {
        assertThatThrownBy(() -> SharedOrMap.REGISTER.load("ledger", "c", a.map.summarize()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("mode must be register, was tally");
        assertThatThrownBy(() -> a.map.set("spoil", JsonNull.NULL)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tally");
        assertThatThrownBy(() -> a.map.register("spoil")).isInstanceOf(IllegalStateException.class);
        assertThat(a.map.type()).isSameAs(SharedOrMap.TYPE);
    }

    @Test
    void beforeItIsAttachedEditsAreStateAndNoOperations() {
        SharedOrMap detached = SharedOrMap.TALLY.create("ledger", "a");
        RecordingHost nobody = RecordingHost.detached();
        detached.bind(nobody);
        detached.increment("spoil", 18);
        detached.increment("wash", 12);
        detached.remove("wash");
        assertThat(nobody.sent).isEmpty();
        assertThat(detached.keys()).containsExactly("spoil");
        assertThat(detached.sequencedTally("spoil")).isEqualTo(18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"type\":\"remove\",\"key\":\"k\"}",
        "{\"type\":\"strike\",\"key\":\"k\",\"delta\":{\"context\":{},\"entries\":{}}}",
        "{\"type\":\"open\",\"key\":\"k\",\"delta\":{\"context\":{},\"entries\":{}}}",
        "{\"type\":\"open\",\"key\":\"k\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"x\":{\"dots\":{\"b\":[1]}}}}}",
        "{\"type\":\"open\",\"key\":\"k\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"k\":{\"dots\":{\"b\":[2]}}}}}",
        "{\"type\":\"open\",\"key\":\"k\",\"delta\":{\"context\":{\"b\":[2,1]},\"entries\":{\"k\":{\"dots\":{\"b\":[1]}}}}}",
        "{\"type\":\"increment\",\"key\":\"k\",\"amount\":1,\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"k\":{\"dots\":{\"b\":[1]}}}}}",
        "{\"type\":\"remove\",\"key\":\"k\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"k\":{\"dots\":{\"b\":[1]}}}}}",
        "{\"type\":\"set\",\"key\":\"k\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"k\":{\"dots\":{\"b\":[1]},\"value\":{\"stamp\":[0,0,\"b\"],\"value\":1}}}}}"})
    void whatCannotBeReadChangesNothing(String contents) {
        assertThatThrownBy(() -> a.host.remote(a.map, contents)).isInstanceOf(ProtocolException.class);
        assertThat(a.map.keys()).isEmpty();
    }

    private final Client c = new Client("c", SharedOrMap.REGISTER.create("pens", "c"));
    private final Client d = new Client("d", SharedOrMap.REGISTER.create("pens", "d"));

    @Test
    void theLatestWriteOfARegisterStands() throws Exception {
        c.map.set("x", JsonValue.of("one"));
        order(c, d);
        d.map.set("x", JsonValue.of("two"));
        order(d, c);
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("two"));
        assertThat(c.events).containsExactly(new Opened("x", JsonValue.of("one"), true),
                new Written("x", JsonValue.of("two"), JsonValue.of("one"), false));
    }

    @Test
    void ofConcurrentWritesOneWinsEverywhereWhateverTheOrder() throws Exception {
        c.map.set("x", JsonValue.of("c"));
        d.map.set("x", JsonValue.of("d"));
        order(d, c);
        order(c, d);
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("d"));
        assertThat(d.map.register("x")).isEqualTo(JsonValue.of("d"));
    }

    @Test
    void whoeverIsUpToDateWinsOverManyWritesOfSomebodyWhoWasAway() throws Exception {
        for (int i = 0; i < 10; i++) {
            d.map.set("x", JsonValue.of("away " + i));
        }
        c.map.set("y", JsonValue.of(0));
        order(c, d);
        c.map.set("x", JsonValue.of("here"));
        order(c, d);
        for (int i = 0; i < 10; i++) {
            order(d, c);
        }
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("here"));
        assertThat(d.map.register("x")).isEqualTo(JsonValue.of("here"));
    }

    @Test
    void aClientLoadedFromASummaryWritesLaterThanWhatIsThere() throws Exception {
        for (int i = 0; i < 5; i++) {
            c.map.set("x", JsonValue.of(i));
            order(c, d);
        }
        c.map.remove("x");
        order(c, d);
        Client loaded = new Client("a0", SharedOrMap.REGISTER.load("pens", "a0", c.map.summarize()));
        loaded.map.set("x", JsonValue.of("mine"));
        order(loaded, c);
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("mine"));
    }

    private static String write(int dot, int time, int count, String value) {
        return "{\"type\":\"set\",\"key\":\"x\",\"delta\":{\"context\":{\"d\":[" + dot + "," + dot + "]},\"entries\":"
                + "{\"x\":{\"dots\":{\"d\":[" + dot + "]},\"value\":{\"stamp\":[" + time + "," + count
                + ",\"d\"],\"value\":\"" + value + "\"}}}}}";
    }

    @Test
    void aStampFromTheFutureIsRefusedByAll() throws Exception {
        c.host.remote(c.map, write(1, 2_000_000_000, 0, "vandal"));
        assertThat(c.map.has("x")).isFalse();
        assertThat(c.events).isEmpty();
        c.host.remote(c.map, write(1, 2, 0, "honest"));
        c.host.remote(c.map, write(2, 4, 0, "early"));
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("honest"));
        c.host.remote(c.map, write(2, 4, 0, "just in time"));
        assertThat(c.map.register("x")).isEqualTo(JsonValue.of("just in time"));
    }

    @Test
    void aCopiedDocumentKeepsItsStampsAndStartsOverWithItsNumbers() throws Exception {
        SharedOrMap copied = SharedOrMap.REGISTER.load("pens", "d", new SummaryBuilder().text("header",
                "{\"mode\":\"register\",\"state\":{\"context\":{\"z\":[1,1]},\"entries\":{\"x\":{\"dots\":{\"z\":[1]},"
                        + "\"value\":{\"stamp\":[900,0,\"z\"],\"value\":\"old\"}}}},\"version\":1}")
                .build());
        RecordingHost there = new RecordingHost();
        copied.bind(there);
        copied.set("x", JsonValue.of("new"));
        assertThat(there.sent.get(0)).contains("\"stamp\":[900,1,\"d\"]");
        there.acknowledge(copied);
        assertThat(copied.register("x")).isEqualTo(JsonValue.of("new"));
        there.remote(copied, write(2, 901, 0, "vandal"));
        assertThat(copied.register("x")).isEqualTo(JsonValue.of("new"));
    }

    @Test
    void aRegisterKeepsTheOrderOfMembers() throws Exception {
        JsonValue value = JsonValue.parse("{\"z\":1,\"a\":[{\"y\":null}]}");
        c.map.set("x", value);
        order(c, d);
        SharedOrMap loaded = SharedOrMap.REGISTER.load("pens", "e", d.map.summarize());
        assertThat(loaded.register("x")).hasToString("{\"z\":1,\"a\":[{\"y\":null}]}");
    }

    @Test
    void aRegisterThatWasOpenedAndNeverSetHoldsNothing() throws Exception {
        c.map.open("x");
        order(c, d);
        assertThat(d.map.has("x")).isTrue();
        assertThat(d.map.register("x")).isNull();
        assertThat(d.map.snapshot()).hasToString("{\"x\":null}");
        d.map.set("x", JsonNull.NULL);
        assertThat(d.map.register("x")).isEqualTo(JsonNull.NULL);
        assertThat(d.events).endsWith(new Written("x", JsonNull.NULL, null, true));
        assertThatThrownBy(() -> d.map.increment("x", 1)).isInstanceOf(IllegalStateException.class);
    }
}
