package dev.thalweg.bench.lattices;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.peers.NpmProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Maps of Yjs and Automerge, which keep their history or what is left of it, on Node. */
final class MapsOnNode {
    private MapsOnNode() {}

    /** Measures and spells a table. */
    static String table(int rounds, int cycles) throws IOException, InterruptedException {
        Path place = Path.of("bench/target/peers/maps");
        NpmProject.install(Path.of("bench/peers/maps"), place);
        List<String> command = List.of("node", place.resolve("bench.mjs").toString(), String.valueOf(rounds),
                String.valueOf(cycles));
        Process node = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (node.waitFor() != 0) {
            throw new IOException(command + " ended with " + node.exitValue());
        }
        StringBuilder table = new StringBuilder("""
                | on Node: a map of 10,000 keys | Yjs | Automerge |
                |---|--:|--:|
                """);
        try {
            for (String line : said.lines().toList()) {
                JsonObject row = JsonCasts.object(JsonValue.parse(line), "row");
                table.append(String.format(Locale.ROOT, "| %s | %s | %s |%n", row.string("what"),
                        figure(row.require("yjs")), figure(row.require("automerge"))));
            }
        } catch (ProtocolException e) {
            throw new IOException(command + " said what cannot be read: " + e.getMessage(), e);
        }
        System.out.print(table);
        return table.toString();
    }

    private static String figure(JsonValue value) throws ProtocolException {
        if (!(value instanceof JsonNumber number)) {
            throw new ProtocolException("expected a number, was " + value.toJson());
        }
        double figure = number.value();
        return figure == Math.rint(figure) ? String.format(Locale.ROOT, "%,.0f", figure)
                : String.format(Locale.ROOT, "%,.2f", figure);
    }
}
