package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module of documents that need no service, as Node.js runs it: what it exports, and what it does. */
class LocalModuleIT {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path MODULE = ROOT.resolve("web/target/module/thalweg-local.js");

    @Test
    void declarationsAndExportsNameTheSame() throws Exception {
        List<String> said = EsModuleIT.differences(MODULE, ROOT.resolve("web/target/module/thalweg-local.d.ts"));
        assertThat(said).containsExactly("38 names exported");
    }

    @Test
    void textsAndTablesMeet() throws Exception {
        Process node = new ProcessBuilder("node", ROOT.resolve("e2e/module/local.mjs").toString(), MODULE.toString())
                .redirectErrorStream(true).start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        assertThat(JsonValue.parse(said)).isEqualTo(JsonValue
                .parse("""
                {"inherited":[{"bold":true},"none"],"edits":[{"retain":4},{"retain":10,"attributes":{"italic":true}},{"insert":" 😀"}],
                "contents":[{"insert":"The ","attributes":{"bold":true}},
                {"insert":"fox","attributes":{"bold":true,"italic":true}},
                {"insert":" jumped","attributes":{"italic":true}},{"insert":" 😀"}],
                "same":true,"place":7,"blame":["bob 3","ann 14","bob 3"],"deleted":"1. The jumped 😀",
                "undone":"1. The fox jumped 😀","redo":[true,true],
                "played":["The fox",[{"retain":3},{"delete":4}],"The"],"loaded":"1. The fox jumped 😀",
                "run":[{"peer":"bob","counter_start":0,"lamport_start":15,"deps":[["ann",13]],"ops":[
                {"type":"mark","name":"italic","value":true,"start":{"unit":["ann",4],"affinity":"after"},
                "end":{"unit":["ann",13],"affinity":"before"}},{"type":"insert","pos":14,"text":" 😀"}]}],
                "byRuns":[5,true,0],"bytes":true,"errors":["ThalwegError argument","ThalwegError unreadable","ThalwegError argument",
                "ThalwegError argument","ThalwegError unreadable","ThalwegError argument","ThalwegError argument",
                "ThalwegError unreadable"],
                "inserted":{"id":["one",0],"deps":[],"lamport":1,"op":{"type":"insert","tbl":"todo","row_id":"a",
                "values":[["title","boat"],["done",false]]}},
                "merged":[{"type":"insert_row","tbl":"todo","row_id":"a","values":[["done",true],["title","boat"]]}],
                "states":[{"frontier":[["two",0]],"versions":{"one":1,"two":0}},
                {"frontier":[["two",0]],"versions":{"one":1,"two":0}}],
                "entry":{"key":"one","value":5,"timestamp":1,"peer":"one","clock":1},
                "fresh":{"cursors":{"one":{"key":"one","value":5,"timestamp":1,"peer":"one","clock":1}}},"none":"null"}"""));
    }
}
