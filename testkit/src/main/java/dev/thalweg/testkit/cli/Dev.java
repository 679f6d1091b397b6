package dev.thalweg.testkit.cli;

import dev.thalweg.testkit.RandomRunner;
import dev.thalweg.testkit.Subject;
import dev.thalweg.testkit.Subjects;
import dev.thalweg.testkit.laws.LatticeModel;
import dev.thalweg.testkit.laws.LatticeModels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line behind {@code ./dev fuzz}, {@code laws}, {@code replay}, {@code corpus} and {@code trace}. Ends with
 * 0 when all is well, 1 when something fails or does not hold, 2 when it was called wrongly or cannot read a file.
 */
public final class Dev {
    private static final int DEFAULT_CASES = 1000;
    private static final double PROGRESS_EVERY_MILLIS = 2000;

    private final PrintStream out;
    private final PrintStream err;
    private double lastProgress = millis();

    Dev(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Dev(out, err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "--help" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        if (command.equals("--help") || command.equals("-h") || rest.contains("--help") || rest.contains("-h")) {
            out.print(usage());
            return 0;
        }
        try {
            return switch (command) {
                case "fuzz" -> fuzz(rest);
                case "laws" -> laws(rest);
                case "replay" -> replay(rest);
                case "corpus" -> corpus(rest);
                case "trace" -> trace(rest);
                default -> throw new Misuse("there is no command " + command);
            };
        } catch (Misuse e) {
            err.println(e.getMessage() + "\n" + usage().stripTrailing());
            return 2;
        } catch (IOException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static String usage() {
        return """
            usage: ./dev fuzz STRUCTURE [--seed S] [--cases N]
                     runs N scripts (1000) made up from the seeds S, S+1, ...; without --seed from a
                     fresh one; STRUCTURE is one of %s (a document of all
                     structures), or all.
                     A failure is made small and kept in %s.
                   ./dev laws [LATTICE] [--seed S] [--cases N]
                     holds every law of lattices against one of them or all, each in N cases (1000),
                     and prints a table; LATTICE is one of %s.
                     A case in which a law is broken is made small and kept in %s.
                   ./dev replay FILE
                     runs a kept script, or a kept case of a law, again; of a trace that the demo
                     page saved, reads the record again and says whose state comes out otherwise
                   ./dev corpus FILE...
                     plays recorded scripts, one per line, plain or gzip, and compares every outcome
                   ./dev trace [--orders] FILE...
                     replays histories of texts (exports of diamond-types, sequential editing traces;
                     one to a file or one per line, plain or gzip) and checks the text they end with;
                     with --orders also in other orders, in portions and one event at a time
                   ./dev trace --make N [--seed S]
                     makes up N histories with the text they must end with, one per line
            """.formatted(Subjects.names(), Replays.FOLDER, LatticeModels.names(), LawTable.FOLDER);
    }

    /** What to run, from which seed, and how often. */
    private record Runs(@Nullable String what, int seed, int cases) {
        static Runs read(String command, List<String> arguments) throws Misuse {
            String what = null;
            int cases = DEFAULT_CASES;
            int seed = (int) (System.currentTimeMillis() % 1_000_000_000L);
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                switch (argument) {
                    case "--seed" -> seed = number(argument, i + 1 < arguments.size() ? arguments.get(++i) : null);
                    case "--cases" -> cases = number(argument, i + 1 < arguments.size() ? arguments.get(++i) : null);
                    default -> {
                        if (argument.startsWith("-") || what != null) {
                            throw new Misuse(command + " does not know what to do with " + argument);
                        }
                        what = argument;
                    }
                }
            }
            return new Runs(what, seed, cases);
        }
    }

    private int fuzz(List<String> arguments) throws Misuse, IOException {
        Runs runs = Runs.read("fuzz", arguments);
        String structure = runs.what();
        if (structure == null) {
            throw new Misuse("fuzz which structure?");
        }
        boolean failed = false;
        for (Subject subject : subjects(structure)) {
            failed |= !fuzz(subject, runs.seed(), runs.cases());
        }
        return failed ? 1 : 0;
    }

    private int laws(List<String> arguments) throws Misuse, IOException {
        Runs runs = Runs.read("laws", arguments);
        String name = runs.what();
        List<LatticeModel<?>> models = LatticeModels.all();
        if (name != null) {
            LatticeModel<?> model = LatticeModels.find(name);
            if (model == null) {
                throw new Misuse("there is no lattice " + name + "; there are " + LatticeModels.names());
            }
            models = List.of(model);
        }
        return LawTable.print(models, runs.seed(), runs.cases(), out::println, this::progress) ? 0 : 1;
    }

    private boolean fuzz(Subject subject, int seed, int cases) throws IOException {
        for (int i = 0; i < cases; i++) {
            RandomRunner.Run run = subject.generate(seed + i);
            if (run.failure() != null) {
                out.println(subject.name() + ", seed " + (seed + i) + ": " + run.failure());
                Path file = Replays.keep(subject, run, Replays.FOLDER);
                out.println("kept in " + file + ", run it with ./dev replay " + file);
                return false;
            }
            progress(subject.name() + ": " + (i + 1) + " of " + cases);
        }
        out.println(subject.name() + ": " + cases + " cases from seed " + seed + " hold");
        return true;
    }

    private int replay(List<String> arguments) throws Misuse, IOException {
        if (arguments.size() != 1) {
            throw new Misuse("replay takes one file");
        }
        Path file = Path.of(arguments.get(0));
        if (LawTable.isLaw(file)) {
            String broken = LawTable.replay(file);
            out.println(broken == null ? "holds" : broken);
            return broken == null ? 0 : 1;
        }
        if (PageTraces.isTrace(file)) {
            PageTraces.Report report = PageTraces.replay(file);
            report.lines().forEach(out::println);
            return report.same() ? 0 : 1;
        }
        RandomRunner.Run run = Replays.run(file);
        String failure = run.failure();
        out.println(failure == null ? "holds, digest " + run.digest() : failure);
        return failure == null ? 0 : 1;
    }

    private int corpus(List<String> arguments) throws Misuse, IOException {
        if (arguments.isEmpty()) {
            throw new Misuse("corpus takes at least one file");
        }
        CorpusFiles.Tally tally = new CorpusFiles.Tally(0, 0);
        for (String argument : arguments) {
            if (argument.startsWith("-")) {
                throw new Misuse("corpus does not know what to do with " + argument);
            }
            tally = tally.plus(CorpusFiles.play(Path.of(argument), out::println,
                    played -> progress(argument + ": " + played + " scripts")));
        }
        out.println(tally.holding() + " of " + tally.scripts() + " scripts hold");
        return tally.holding() == tally.scripts() ? 0 : 1;
    }

    private int trace(List<String> arguments) throws Misuse, IOException {
        List<String> files = new ArrayList<>();
        int make = -1;
        int seed = 1;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : null;
            switch (argument) {
                case "--orders" -> {
                }
                case "--make" -> {
                    make = number(argument, next);
                    i++;
                }
                case "--seed" -> {
                    seed = number(argument, next);
                    i++;
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new Misuse("trace does not know what to do with " + argument);
                    }
                    files.add(argument);
                }
            }
        }
        if (make >= 0 != files.isEmpty()) {
            throw new Misuse("trace takes at least one file, or --make");
        }
        if (make >= 0) {
            Traces.make(out, make, seed);
            return 0;
        }
        Traces traces = new Traces(out, arguments.contains("--orders"));
        for (String file : files) {
            traces.play(Path.of(file));
        }
        return traces.conclude() ? 0 : 1;
    }

    private static List<Subject> subjects(String name) throws Misuse {
        if (name.equals("all")) {
            return Subjects.all();
        }
        Subject subject = Subjects.find(name);
        if (subject == null) {
            throw new Misuse("there is no structure " + name + "; there are " + Subjects.names());
        }
        return List.of(subject);
    }

    private static int number(String option, @Nullable String text) throws Misuse {
        if (text == null) {
            throw new Misuse(option + " needs a number");
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Misuse(option + " must be a whole number of at least 0, was " + text);
        }
        throw new Misuse(option + " must be a whole number of at least 0, was " + text);
    }

    private void progress(String text) {
        double now = millis();
        if (now - lastProgress > PROGRESS_EVERY_MILLIS) {
            lastProgress = now;
            err.println(text);
        }
    }

    private static double millis() {
        return System.nanoTime() / 1e6;
    }

    /** It was called wrongly. */
    private static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }
}
