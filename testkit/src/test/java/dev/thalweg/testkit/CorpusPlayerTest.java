package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import org.junit.jupiter.api.Test;

/** The player holds what is right and says what is wrong. */
class CorpusPlayerTest {
    private static final String RECORD = """
            {"dds":"map","seed":7,"batched":false,"options":{},"steps":[
            {"a":"join","c":0,"state":[]},
            {"a":"join","c":1,"state":[]},
            {"a":"op","c":1,"id":1,"op":{"m":"set","k":"a","v":1},
             "sent":[{"csn":1,"refSeq":2,"contents":[{"key":"a","type":"set","value":{"type":"Plain","value":1}}]}],
             "events":[["valueChanged",{"key":"a"},true]],"state":[["a",1]]},
            {"a":"op","c":1,"id":2,"op":{"m":"delete","k":"b"},"ret":true,
             "sent":[{"csn":2,"refSeq":2,"contents":[{"key":"b","type":"delete"}]}]},
            {"a":"seq","n":2},
            {"a":"recv","c":0,"n":3,"events":[["valueChanged",{"key":"a"},false],["valueChanged",{"key":"b"},false]],
             "state":[["a",1]]},
            {"a":"recv","c":1,"n":2},
            {"a":"load","c":2,"from":0,"atSeq":4,"msn":0,
             "summary":{"header":"{\\"blobs\\":[],\\"content\\":{\\"a\\":{\\"type\\":\\"Plain\\",\\"value\\":1}}}"},
             "loaded":[["a",1]],"state":[["a",1]]},
            {"a":"noopAll"}],
            "log":[{"seq":1,"msn":0,"type":"join","client":"c0"},{"seq":2,"msn":0,"type":"join","client":"c1"},
            {"seq":3,"msn":0,"type":"op","client":"c1","csn":1,"refSeq":2,
             "contents":[{"key":"a","type":"set","value":{"type":"Plain","value":1}}]},
            {"seq":4,"msn":0,"type":"op","client":"c1","csn":2,"refSeq":2,"contents":[{"key":"b","type":"delete"}]},
            {"seq":5,"msn":0,"type":"join","client":"c2"}],
            "preNoop":{"atSeq":4,"msn":0,
             "summary":{"header":"{\\"blobs\\":[],\\"content\\":{\\"a\\":{\\"type\\":\\"Plain\\",\\"value\\":1}}}"}},
            "final":{"converged":true,"summaryConverged":true,"state":[["a",1]],
             "summary":{"header":"{\\"blobs\\":[],\\"content\\":{\\"a\\":{\\"type\\":\\"Plain\\",\\"value\\":1}}}"},
             "loadsBack":true}}
            """;

    @Test
    void aTrueRecordHolds() throws Exception {
        assertThat(CorpusPlayer.play(JsonValue.parse(RECORD))).isNull();
    }

    @Test
    void aChangedRecordDoesNot() throws Exception {
        differs("\"v\":1}", "\"v\":2}", "step 2", "sent must be");
        differs("{\"key\":\"b\",\"type\":\"delete\"}]}]},", "{\"type\":\"delete\",\"key\":\"b\"}]}]},", "step 3",
                "sent");
        differs("\"ret\":true", "\"ret\":false", "step 3", "ret must be false");
        differs("[\"valueChanged\",{\"key\":\"b\"},false]", "[\"clear\",false]", "step 5", "events");
        differs("\"state\":[[\"a\",1]]},\n{\"a\":\"recv\"", "\"state\":[]},\n{\"a\":\"recv\"", "step 5", "state");
        differs("\"loaded\":[[\"a\",1]]", "\"loaded\":[]", "step 7", "loaded");
        differs("{\"seq\":5,\"msn\":0", "{\"seq\":5,\"msn\":1", "log", "\"msn\":1");
        differs("\"preNoop\":{\"atSeq\":4", "\"preNoop\":{\"atSeq\":5", "preNoop.atSeq", "5");
        differs("\"summaryConverged\":true,\"state\":[[\"a\",1]]", "\"summaryConverged\":true,\"state\":[]",
                "final.state",
                "[]");
    }

    private static void differs(String from, String to, String... says) throws Exception {
        assertThat(RECORD).as("the text to change").contains(from);
        assertThat(CorpusPlayer.play(JsonValue.parse(RECORD.replace(from, to)))).as(to).contains("seed 7")
                .contains(says);
    }
}
