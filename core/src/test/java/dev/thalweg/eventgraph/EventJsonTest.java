package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static JsonValue json(String text) throws ProtocolException {
        return JsonValue.parse(text.replace('\'', '"'));
    }

    @Test
    void runsOfATextAreAsTheSeedHasThem() throws ProtocolException {
        TextDocument ann = new TextDocument("ann");
        ann.insert(0, "river");
        TextDocument bob = new TextDocument("bob");
        bob.merge(TextJson.readRuns(TextJson.runs(ann, Map.of())));
        bob.delete(0, 2);
        new RichText(new TextHistory(bob)).mark(0, 3, "bold", JsonValue.of(true), Expand.AFTER);
        JsonArray runs = TextJson.runs(bob, ann.versionVector());
        assertThat(runs).isEqualTo(json("[{'peer':'bob','counter_start':0,'lamport_start':6,'deps':[['ann',4]],'ops':["
                + "{'type':'delete','pos':0,'len':2},{'type':'mark','name':'bold','value':true,"
                + "'start':{'unit':['ann',2],'affinity':'after'},'end':{'affinity':'after'}}]}]"));
        MergeResult result = ann.merge(TextJson.readRuns(runs));
        assertThat(TextJson.change(result.change())).isEqualTo(json("[{'delete':2}]"));
        assertThat(ann.encode(true)).isEqualTo(bob.encode(true));
        assertThat(TableJson.known(ann.versionVector())).isEqualTo(json("{'ann':4,'bob':2}"));
    }

    @Test
    void runsOfAListAreAsTheSeedHasThem() throws ProtocolException {
        ListDocument ann = new ListDocument("ann");
        ann.insert(0, List.of(JsonValue.of("a"), JsonValue.of(2)));
        ListDocument bob = new ListDocument("bob");
        ListJson.merge(bob, ListJson.runs(ann, Map.of()));
        bob.move(1, 0);
        JsonArray runs = ListJson.runs(bob, ann.versionVector());
        assertThat(runs).isEqualTo(json("[{'peer':'bob','counter_start':0,'lamport_start':3,'deps':[['ann',1]],'ops':["
                + "{'type':'insert','pos':0,'slots':[{'value':2,'move':['ann',1]}]},"
                + "{'type':'delete','pos':2,'len':1}]}]"));
        assertThat(ListJson.changes(ListJson.merge(ann, runs).changes()))
                .isEqualTo(json("[{'type':'move','from':1,'to':0}]"));
        assertThat(ann.toList()).isEqualTo(bob.toList());
    }

    @Test
    void whatCannotBeReadIsRefused() throws ProtocolException {
        ListDocument list = new ListDocument("ann");
        TextDocument text = new TextDocument("ann");
        for (String op : List.of("1", "{}", "{'type':'insert','pos':0}", "{'type':'insert','pos':-1,'text':'x'}",
                "{'type':'insert','pos':0,'text':''}", "{'type':'insert','pos':0,'slots':[]}",
                "{'type':'insert','pos':0,'slots':[1]}", "{'type':'delete','pos':0,'len':0}",
                "{'type':'delete','pos':0,'len':1e9}", "{'type':'delete','pos':0,'len':1}", "{'type':'mark'}",
                "{'type':'paint','pos':0}", "{'type':'insert','pos':0,'text':'\ud83d'}")) {
            JsonValue runs = json("[{'peer':'eve','counter_start':0,'deps':[],'ops':[" + op + "]}]");
            assertThatThrownBy(() -> text.merge(TextJson.readRuns(runs))).as(op).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> ListJson.merge(list, runs)).as(op).isInstanceOf(ProtocolException.class);
        }
        for (String runs : List.of("{}", "[1]", "[{}]", "[{'peer':'eve','counter_start':0,'deps':[],'ops':[]}]",
                "[{'peer':'eve','counter_start':-1,'deps':[],'ops':[{'type':'insert','pos':0,'text':'x'}]}]",
                "[{'peer':'eve','counter_start':0,'deps':[['eve']],'ops':[{'type':'insert','pos':0,'text':'x'}]}]")) {
            assertThatThrownBy(() -> TextJson.readRuns(json(runs))).as(runs).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> ListJson.merge(list, json(runs))).as(runs).isInstanceOf(ProtocolException.class);
        }
        assertThat(text.graph().size() + list.graph().size()).isZero();
    }
}
