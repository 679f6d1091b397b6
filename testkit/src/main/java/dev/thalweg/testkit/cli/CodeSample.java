package dev.thalweg.testkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lines of a test that a page shows as a sample. A test runs them and checks that the page has the same ones, so
 * that no sample goes stale.
 */
public final class CodeSample {
    private CodeSample() {}

    /**
     * The lines between {@code // sample: begin} and {@code // sample: end}, moved to the left margin.
     *
     * @throws IllegalArgumentException when the source does not have both marks
     */
    public static String of(Path source) throws IOException {
        List<String> lines = Files.readAllLines(source);
        int begin = indexOf(lines, "// sample: begin");
        int end = indexOf(lines, "// sample: end");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no sample between marks in " + source);
        }
        int margin = lines.get(begin).indexOf('/');
        StringBuilder sample = new StringBuilder();
        for (String line : lines.subList(begin + 1, end)) {
            sample.append(line.isBlank() ? "" : line.substring(margin)).append('\n');
        }
        return sample.toString();
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        return -1;
    }
}
