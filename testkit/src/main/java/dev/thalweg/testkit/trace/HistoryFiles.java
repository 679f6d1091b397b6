package dev.thalweg.testkit.trace;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.cli.CorpusFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Histories in files: one in the whole file or one on each line, plain or compressed with gzip. */
public final class HistoryFiles {
    /** Takes histories one after another. */
    public interface Sink {
        /** @param name the file, and the line if it has several */
        void take(String name, History history) throws IOException;
    }

    private HistoryFiles() {}

    /** Reads a file. @throws IOException when it cannot be read or holds something else; the message says where */
    public static void read(Path file, Sink sink) throws IOException {
        try (BufferedReader reader = CorpusFiles.open(file)) {
            int number = 0;
            boolean several = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                reader.mark(1);
                several |= number > 1 || reader.read() >= 0;
                reader.reset();
                String name = several ? file + ", line " + number : file.toString();
                sink.take(name, parse(name, line));
            }
            if (number == 0) {
                throw new IOException(file + " holds no history");
            }
        }
    }

    private static History parse(String name, String line) throws IOException {
        try {
            return HistoryReader.read(JsonValue.parse(line));
        } catch (ProtocolException e) {
            throw new IOException(name + " is not a history: " + e.getMessage(), e);
        }
    }
}
