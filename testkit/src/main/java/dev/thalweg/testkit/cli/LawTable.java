package dev.thalweg.testkit.cli;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.laws.LatticeModel;
import dev.thalweg.testkit.laws.Law;
import dev.thalweg.testkit.laws.Laws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The laws held against lattices: the table that {@code ./dev laws} prints, and the cases that are kept. */
public final class LawTable {
    /** Where cases that once failed are kept, from the top of the repository. */
    public static final Path FOLDER = Path.of("testkit", "src", "test", "resources", "laws");

    private LawTable() {}

    /**
     * Checks some lattices and prints a table of type by law.
     *
     * @param out      takes lines
     * @param progress takes what is going on
     * @return whether all laws hold
     */
    static boolean print(List<LatticeModel<?>> models, int seed, int cases, Consumer<String> out,
            Consumer<String> progress) throws IOException {
        int width = 0;
        for (LatticeModel<?> model : models) {
            width = Math.max(width, model.name().length());
        }
        StringBuilder head = new StringBuilder(" ".repeat(width));
        for (Law law : Law.values()) {
            head.append("  ").append(law.title());
        }
        out.accept(head.toString());
        List<Laws.Broken> broken = new ArrayList<>();
        int laws = 0;
        for (LatticeModel<?> model : models) {
            Map<Law, Laws.Broken> failed = Laws.check(model, seed, cases,
                    played -> progress.accept(model.name() + ": " + played + " of " + cases));
            out.accept(line(model, width, failed));
            laws += Laws.of(model).size();
            broken.addAll(failed.values());
        }
        for (Laws.Broken each : broken) {
            Path file = keep(each, FOLDER);
            out.accept(each.type() + ", " + each.law().title() + ", seed " + each.failing().seed() + ": "
                    + each.failure());
            out.accept("kept in " + file + ", look at it with ./dev replay " + file);
        }
        out.accept(cases + " cases from seed " + seed + ": " + (laws - broken.size()) + " of " + laws + " laws hold");
        return broken.isEmpty();
    }

    private static String line(LatticeModel<?> model, int width, Map<Law, Laws.Broken> failed) {
        StringBuilder line = new StringBuilder(model.name()).append(" ".repeat(width - model.name().length()));
        for (Law law : Law.values()) {
            String cell = !Laws.of(model).contains(law) ? "" : failed.containsKey(law) ? "BROKEN" : "holds";
            line.append("  ").append(cell).append(" ".repeat(Math.max(0, law.title().length() - cell.length())));
        }
        return line.toString().stripTrailing();
    }

    /** Keeps a case. @return the file */
    public static Path keep(Laws.Broken broken, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(broken.type() + "-" + broken.law().title().replace(' ', '-') + "-"
                + broken.failing().seed() + ".json");
        return Files.writeString(file, broken.toJson().toJson() + "\n", StandardCharsets.UTF_8);
    }

    /** Whether a file holds a case of a law, and no script. */
    static boolean isLaw(Path file) throws IOException {
        try {
            return Files.isRegularFile(file)
                    && JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8)) instanceof JsonObject object
                    && object.has("law");
        } catch (ProtocolException e) {
            return false;
        }
    }

    /** Looks at a kept case once more. @return what went wrong, or null */
    public static @Nullable String replay(Path file) throws IOException {
        try {
            JsonValue kept = JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8));
            if (!(kept instanceof JsonObject object)) {
                throw new ProtocolException("it is no object");
            }
            return Laws.replay(object);
        } catch (ProtocolException e) {
            throw new IOException(file + " is not a case of a law: " + e.getMessage(), e);
        }
    }
}
