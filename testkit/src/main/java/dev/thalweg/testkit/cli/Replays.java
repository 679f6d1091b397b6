package dev.thalweg.testkit.cli;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.RandomRunner;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.Shrinker;
import dev.thalweg.testkit.Step;
import dev.thalweg.testkit.Subject;
import dev.thalweg.testkit.Subjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scripts that once failed, kept in files of one script each, one step per line. */
public final class Replays {
    /** Where they are kept, from the top of the repository. */
    public static final Path FOLDER = Path.of("testkit", "src", "test", "resources", "replays");

    private Replays() {}

    /** Reads and runs one. @throws IOException when it cannot be read; the message says why */
    public static RandomRunner.Run run(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        Script script;
        try {
            script = Script.read(JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (ProtocolException e) {
            throw new IOException(file + " is not a script: " + e.getMessage(), e);
        }
        Subject subject = Subjects.find(script.structure());
        if (subject == null) {
            throw new IOException(
                    file + " is for the structure " + script.structure() + "; there are " + Subjects.names());
        }
        return subject.play(script);
    }

    /**
     * Makes a failing run as small as it goes and keeps it.
     *
     * @param folder where to
     * @return the file
     */
    public static Path keep(Subject subject, RandomRunner.Run failed, Path folder) throws IOException {
        Script small = Shrinker.shrink(failed.script(),
                candidate -> subject.play(candidate).failure() != null);
        String failure = subject.play(small).failure();
        Files.createDirectories(folder);
        Path file = folder.resolve(small.structure() + "-" + small.seed() + ".json");
        Files.writeString(file, text(small, failure == null ? "" : failure), StandardCharsets.UTF_8);
        return file;
    }

    private static String text(Script script, String failure) {
        StringBuilder text = new StringBuilder("{\n");
        member(text, "dds", JsonValue.of(script.structure())).append(",\n");
        member(text, "seed", JsonValue.of(script.seed())).append(",\n");
        member(text, "batched", JsonValue.of(script.batched())).append(",\n");
        member(text, "failed", JsonValue.of(failure)).append(",\n  \"steps\": [");
        String separator = "\n    ";
        for (Step step : script.steps()) {
            text.append(separator).append(step.toJson().toJson());
            separator = ",\n    ";
        }
        return text.append("\n  ]\n}\n").toString();
    }

    private static StringBuilder member(StringBuilder text, String name, JsonValue value) {
        JsonWriter writer = new JsonWriter(text.append("  "));
        writer.value(JsonValue.of(name));
        return text.append(": ").append(value.toJson());
    }
}
