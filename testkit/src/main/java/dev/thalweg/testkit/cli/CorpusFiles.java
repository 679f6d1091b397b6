package dev.thalweg.testkit.cli;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.CorpusPlayer;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Corpora in files: one script per line, plain or compressed with gzip. */
public final class CorpusFiles {
    /**
     * How a file fared.
     *
     * @param scripts how many scripts it has
     * @param holding how many of them hold
     */
    public record Tally(int scripts, int holding) {
        /** Two tallies as one. */
        public Tally plus(Tally other) {
            return new Tally(scripts + other.scripts, holding + other.holding);
        }
    }

    private static final int GZIP_MAGIC = 0x1f8b;

    private CorpusFiles() {}

    /**
     * Plays a file.
     *
     * @param differences hears of each script that does not hold
     * @param progress    hears the number of scripts played so far, after each
     * @throws IOException when the file cannot be read or a line of it is not a script; the message names both
     */
    public static Tally play(Path file, Consumer<String> differences, Consumer<Integer> progress) throws IOException {
        int scripts = 0;
        int holding = 0;
        try (BufferedReader reader = open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String where = file + ", line " + number;
                String difference = play(where, line);
                scripts++;
                if (difference == null) {
                    holding++;
                } else {
                    differences.accept(where + ", " + difference);
                }
                progress.accept(scripts);
            }
        }
        if (scripts == 0) {
            throw new IOException(file + " holds no script");
        }
        return new Tally(scripts, holding);
    }

    /** Opens a text file, uncompressing it when its first bytes say that it is compressed. */
    public static BufferedReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        InputStream text = magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }

    private static @Nullable String play(String where, String line) throws IOException {
        try {
            return CorpusPlayer.play(JsonValue.parse(line));
        } catch (ProtocolException e) {
            throw new IOException(where + " is not a script: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(where + " cannot be played: " + e.getMessage(), e);
        }
    }
}
