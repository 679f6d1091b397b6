package dev.thalweg.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Puts figures into a Markdown page, between {@code <!-- name:begin -->} and {@code <!-- name:end -->}, with the command
 * that made them, the day, and the machine.
 */
public final class Page {
    private Page() {}

    /**
     * Replaces a section.
     *
     * @param name    of the section
     * @param command that makes the figures
     * @param body    Markdown
     * @throws IOException when the page cannot be read or written, or has no such section
     */
    public static void replace(Path page, String name, String command, String body) throws IOException {
        String begin = "<!-- " + name + ":begin -->";
        String end = "<!-- " + name + ":end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no place between " + begin + " and " + end);
        }
        String section = begin + "\nMade by `" + command + "` on " + LocalDate.now(ZoneOffset.UTC) + ", "
                + machine() + ".\n\n" + body.strip() + "\n";
        Files.writeString(page, text.substring(0, from) + section + text.substring(to));
    }

    /** Processor, its cores and the JDK, in words. */
    static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " × " + processor() + ", JDK "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + node();
    }

    private static String processor() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        if (Files.exists(information)) {
            for (String line : Files.readAllLines(information)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }

    private static String node() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            try (BufferedReader said = node.inputReader(StandardCharsets.UTF_8)) {
                String version = said.readLine();
                return version == null ? "" : ", Node " + version.substring(1);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
