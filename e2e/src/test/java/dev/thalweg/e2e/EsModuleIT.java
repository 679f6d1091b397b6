package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.thalweg.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client that applications import: what it exports, and what it does in a browser on both services. */
class EsModuleIT {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path MODULE = ROOT.resolve("web/target/module/thalweg.js");
    private static final Path DECLARATIONS = ROOT.resolve("web/target/module/thalweg.d.ts");

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void declarationsAndExportsNameTheSame() throws Exception {
        List<String> said = differences(MODULE, DECLARATIONS);
        assertThat(said).hasSize(1);
        assertThat(Integer.parseInt(said.get(0).replace(" names exported", ""))).isGreaterThan(250);
    }

    @Test
    void aWrongDeclarationWouldBeNoticed() throws Exception {
        Path wrong = Files.createDirectories(Stage.output().resolve("module")).resolve("wrong.d.ts");
        Files.writeString(wrong, Files.readString(DECLARATIONS).replace("undoOperation(): UndoOutcome;",
                "undo(): UndoOutcome;").replace("readonly dirty: boolean;", "dirty(): boolean;"));
        assertThat(differences(MODULE, wrong)).contains("exported, not declared: UndoRedoStackManager.undoOperation()",
                "declared, not exported: UndoRedoStackManager.undo()", "exported, not declared: Container.dirty",
                "declared, not exported: Container.dirty()");
    }

    /** What the compiler must take of typed values, and what it must refuse. */
    @Test
    void valuesOfAShapeHaveTypes() throws Exception {
        Samples.install("module");
        assertThat(said("samples/module/node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022",
                "--module", "nodenext", "--moduleResolution", "nodenext", "e2e/module/typed.ts")).isEmpty();
    }

    @Test
    void inABrowserOnFluidsService() throws Exception {
        try (Tinylicious service = Tinylicious.start()) {
            editsFromCreationToALateLoad(service.url());
        }
    }

    @Test
    void inABrowserOnThisService() throws Exception {
        editsFromCreationToALateLoad(stage.server().address(""));
    }

    private void editsFromCreationToALateLoad(String url) throws Exception {
        Page page = stage.builtPage("/module/package.json", new Browser.NewContextOptions());
        String script = Files.readString(ROOT.resolve("e2e/module/structures.js"));
        Object result = page.evaluate(script.substring(script.indexOf("async")),
                Map.of("module", "/module/thalweg.js", "url", url));
        assertThat(JsonValue.parse((String) result)).isEqualTo(JsonValue.parse("""
                {"outcomes":["won","added","added","assigned","accepted","accepted","lost","first completed"],
                "heard":["his true","hers false","offline true","meanwhile false","after false"],
                "sight":{"map":[["after","the summary"],["before",{"deep":[1,"ü😀",null]}],["hers",1],["his",2],
                ["meanwhile",true],["offline",true]],"directory":[["level",3],["gate","open"]],"cell":"cell",
                "counter":103,"register":"shut","queue":["second"],"pact":"no wake","claim":"Ada","orSet":["punt"],
                "tally":4},"summarized":true,"people":["Ada","Bob"],"readOnly":true,
                "refused":["unreadable","argument","argument","argument"],"shaped":[
                {"kind":"decoded","value":{"text":"t","rank":9,"due":"noon"}},
                {"kind":"notDecoded","raw":{"text":1},"reason":"value.text must be a string, was number"},
                {"kind":"absent"},{"type":"circle","radius":2}]}"""));
    }

    /** What the declarations and a module do not have in common, and how many names there are. */
    static List<String> differences(Path module, Path declarations) throws Exception {
        Samples.install("module");
        return said("e2e/module/declared.mjs", module.toString(), declarations.toString(), "samples/module").lines()
                .toList();
    }

    /** What a program says that ends well. @param command for Node, run in the project's directory */
    private static String said(String... command) throws Exception {
        Process node = new ProcessBuilder(Stream.concat(Stream.of("node"), Stream.of(command)).toList())
                .directory(ROOT.toFile()).redirectErrorStream(true).start();
        node.getOutputStream().close();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return said;
    }
}
