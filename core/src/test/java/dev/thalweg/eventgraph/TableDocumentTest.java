package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableDocumentTest {
    private final TableDocument ann = new TableDocument("ann");
    private final TableDocument bob = new TableDocument("bob");

    @BeforeEach
    void oneRow() throws ProtocolException {
        ann.insert("t", "r", object("{\"x\":1,\"y\":1}"));
        bob.merge(ann.runs());
    }

    private static JsonObject object(String json) throws ProtocolException {
        return (JsonObject) JsonValue.parse(json);
    }

    private static JsonValue number(double value) {
        return JsonValue.of(value);
    }

    private List<RowChange> send(TableDocument from, TableDocument to) throws ProtocolException {
        return to.merge(from.encodeSince(to.versionVector())).changes();
    }

    /** Exchanges everything, and reads it cold in both orders. */
    private String exchange() throws ProtocolException {
        List<TableRun> annsRuns = ann.runs();
        send(bob, ann);
        bob.merge(annsRuns);
        TableDocument cold = TableDocument.load("cold", ann.encode());
        assertThat(ann.rows("t")).isEqualTo(bob.rows("t")).isEqualTo(cold.rows("t"));
        return ann.rows("t").toString();
    }

    @Test
    void ofTwoValuesOfACellTheLaterStandsAndOtherColumnsStay() throws ProtocolException {
        ann.update("t", "r", "x", number(2));
        bob.update("t", "r", "x", number(3));
        bob.update("t", "r", "y", number(4));
        assertThat(exchange()).isEqualTo("{r={\"x\":3,\"y\":4}}");
        ann.update("t", "r", "x", number(5));
        assertThat(send(ann, bob)).containsExactly(new RowChange.SetCell("t", "r", "x", number(5)));
    }

    @Test
    void anUpdateBringsNoDeletedRowBack() throws ProtocolException {
        ann.delete("t", "r");
        bob.update("t", "r", "x", number(2));
        bob.update("t", "r", "x", number(3));
        assertThat(send(bob, ann)).isEmpty();
        assertThat(send(ann, bob)).containsExactly(new RowChange.DeleteRow("t", "r"));
        assertThat(exchange()).isEqualTo("{}");
        TableRun run = ann.insert("t", "r", object("{\"y\":9}"));
        assertThat(run.operations()).containsExactly(new RowOperation.Delete("t", "r"),
                new RowOperation.Insert("t", "r", object("{\"y\":9}")));
        assertThat(exchange()).isEqualTo("{r={\"y\":9}}");
    }

    @Test
    void insertionsOfOneRowMakeOneRow() throws ProtocolException {
        ann.insert("t", "s", object("{\"x\":1,\"y\":1}"));
        bob.insert("t", "s", object("{\"y\":2,\"z\":2}"));
        assertThat(exchange()).contains("s={\"x\":1,\"y\":2,\"z\":2}");
    }

    @Test
    void aRowThatIsInsertedAgainIsANewOneForEverybody() throws ProtocolException {
        ann.update("t", "r", "x", number(2));
        ann.delete("t", "r");
        ann.insert("t", "r", object("{\"x\":3}"));
        assertThat(send(ann, bob)).containsExactly(new RowChange.DeleteRow("t", "r"),
                new RowChange.InsertRow("t", "r", object("{\"x\":3}")));
        assertThat(exchange()).isEqualTo("{r={\"x\":3}}");
    }

    @Test
    void changesAreTheFewestAndComeOnce() throws ProtocolException {
        ann.update("t", "r", "x", number(7));
        ann.update("t", "r", "x", number(1));
        ann.insert("t", "s", object("{\"x\":1}"));
        ann.delete("t", "s");
        assertThat(send(ann, bob)).isEmpty();
        assertThat(bob.merge(ann.runs()).changes()).isEmpty();
        assertThat(bob.merge(ann.encode()).changes()).isEmpty();
        assertThat(bob.versionVector()).isEqualTo(Map.of("ann", 5));
    }

    @Test
    void eventsWaitForTheirCauses() throws ProtocolException {
        TableRun first = ann.update("t", "r", "x", number(2));
        TableRun second = ann.delete("t", "r");
        assertThat(bob.merge(List.of(second)).changes()).isEmpty();
        assertThat(bob.waiting()).isOne();
        assertThat(bob.merge(List.of(first)).changes()).containsExactly(new RowChange.DeleteRow("t", "r"));
        assertThat(bob.waiting()).isZero();
        TableDocument small = new TableDocument("small", 2);
        assertThatThrownBy(() -> small.merge(List.of(second))).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("the limit is 2");
    }

    @Test
    void whatIsNotThereCannotBeEdited() {
        assertThatThrownBy(() -> ann.update("t", "none", "x", number(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> ann.delete("none", "r")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableDocument("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(ann.graph().size()).isOne();
    }

    @Test
    void twoHistoriesOfOneAgentAreNoticed() throws ProtocolException {
        TableDocument other = new TableDocument("ann");
        other.insert("t", "r", object("{\"x\":1,\"y\":2}"));
        assertThatThrownBy(() -> bob.merge(other.runs())).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("two histories");
        assertThat(bob.rows("t")).isEqualTo(ann.rows("t"));
    }

    @Test
    void damagedBytesAndOtherDocumentsAreRefusedWhole() throws ProtocolException {
        ann.update("t", "r", "x", object("{\"deep\":[1,\"\\ud800\"]}"));
        byte[] file = ann.encode();
        String before = bob.runs().toString();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> bob.merge(cut)).isInstanceOf(ProtocolException.class);
        }
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> bob.merge(damaged)).as("bit %s", bit).isInstanceOf(ProtocolException.class);
        }
        TextDocument text = new TextDocument("text");
        text.insert(0, "x");
        assertThatThrownBy(() -> bob.merge(text.encode(false))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> text.merge(file)).isInstanceOf(ProtocolException.class);
        assertThat(bob.runs()).hasToString(before);
        bob.merge(file);
        assertThat(bob.row("t", "r")).isEqualTo(ann.row("t", "r"));
    }

    @Test
    void jsonHasTheShapesOfConverge() throws ProtocolException {
        TableRun update = bob.update("t", "r", "x", number(2.5));
        assertThat(TableJson.event(update)).hasToString("{\"id\":[\"bob\",0],\"deps\":[[\"ann\",0]],\"lamport\":2,"
                + "\"op\":{\"type\":\"update\",\"tbl\":\"t\",\"row_id\":\"r\",\"col\":\"x\",\"value\":2.5}}");
        bob.delete("t", "r");
        String runs = "[{\"peer\":\"ann\",\"counter_start\":0,\"lamport_start\":1,\"deps\":[],\"ops\":[{\"type\":\"insert\","
                + "\"tbl\":\"t\",\"row_id\":\"r\",\"values\":[[\"x\",1],[\"y\",1]]}]},"
                + "{\"peer\":\"bob\",\"counter_start\":0,\"lamport_start\":2,\"deps\":[[\"ann\",0]],\"ops\":["
                + "{\"type\":\"update\",\"tbl\":\"t\",\"row_id\":\"r\",\"col\":\"x\",\"value\":2.5},"
                + "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\"}]}]";
        assertThat(TableJson.runs(bob.runs())).hasToString(runs);
        assertThat(TableJson.readRuns(JsonValue.parse(runs))).isEqualTo(bob.runs());
        assertThat(TableJson.state(bob)).hasToString("{\"frontier\":[[\"bob\",1]],\"versions\":{\"ann\":0,\"bob\":1}}");
        assertThat(TableJson.runs(bob.runsSince(TableJson.readKnown(JsonValue.parse("{\"ann\":0,\"bob\":0}")))))
                .hasToString(
                        "[{\"peer\":\"bob\",\"counter_start\":1,\"lamport_start\":3,\"deps\":[[\"bob\",0]],\"ops\":["
                                + "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\"}]}]");
        List<RowChange> changes = List.of(new RowChange.InsertRow("t", "s", object("{\"c\":null}")),
                new RowChange.SetCell("t", "r", "x", JsonValue.of(true)), new RowChange.DeleteRow("t", "r"));
        assertThat(TableJson.changes(changes)).hasToString(
                "[{\"type\":\"insert_row\",\"tbl\":\"t\",\"row_id\":\"s\",\"values\":[[\"c\",null]]},"
                        + "{\"type\":\"set_cell\",\"tbl\":\"t\",\"row_id\":\"r\",\"col\":\"x\",\"value\":true},"
                        + "{\"type\":\"delete_row\",\"tbl\":\"t\",\"row_id\":\"r\"}]");
    }

    /** What somebody says about times is not believed: they follow from the causes. */
    @Test
    void timesFollowFromCauses() throws ProtocolException {
        String claimed = TableJson.runs(List.of(bob.update("t", "r", "x", number(2)))).toJson()
                .replace("\"lamport_start\":2", "\"lamport_start\":1000000");
        ann.merge(TableJson.readRuns(JsonValue.parse(claimed)));
        ann.update("t", "r", "x", number(3));
        assertThat(exchange()).isEqualTo("{r={\"x\":3,\"y\":1}}");
        assertThat(ann.runs()).isEqualTo(bob.runs());
        int last = ann.graph().find(new EventId("ann", 1));
        assertThat(ann.graph().time(last)).isEqualTo(3);
    }

    @Test
    void jsonThatSaysSomethingElseIsRefused() {
        for (String json : new String[] {"{}", "[1]", "[{}]",
            "[{\"peer\":\"x\",\"counter_start\":0,\"deps\":[],\"ops\":[]}]",
            run("-1", "[]", "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\"}"),
            run("0", "[[\"a\"]]", "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\"}"),
            run("0", "[[1,2]]", "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\"}"),
            run("0", "[]", "{\"type\":\"drop\",\"tbl\":\"t\",\"row_id\":\"r\"}"),
            run("0", "[]", "{\"type\":\"delete\",\"tbl\":\"t\"}"),
            run("0", "[]", "{\"type\":\"update\",\"tbl\":\"t\",\"row_id\":\"r\",\"col\":\"c\"}"),
            run("0", "[]", "{\"type\":\"insert\",\"tbl\":\"t\",\"row_id\":\"r\",\"values\":[[\"c\",1],[\"c\",2]]}"),
            run("0", "[]", "{\"type\":\"insert\",\"tbl\":\"t\",\"row_id\":\"r\",\"values\":[[\"c\"]]}")}) {
            assertThatThrownBy(() -> TableJson.readRuns(JsonValue.parse(json))).as(json)
                    .isInstanceOf(ProtocolException.class).satisfies(e -> assertThat(Objects.toString(e.getMessage()))
                            .isNotEmpty());
        }
        assertThatThrownBy(() -> TableJson.readKnown(JsonValue.parse("{\"a\":-2}")))
                .isInstanceOf(ProtocolException.class);
    }

    private static String run(String counter, String deps, String operation) {
        return "[{\"peer\":\"x\",\"counter_start\":" + counter + ",\"deps\":" + deps + ",\"ops\":[" + operation + "]}]";
    }
}
