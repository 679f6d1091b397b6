package dev.thalweg.bench.catchup;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a document was read. @param kilobytes the most that the process ever had in memory, the program included */
record Reading(double millis, double kilobytes) {
    /** By a program that says it in JSON. */
    static Reading by(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + "; it said: " + said);
        }
        try {
            JsonObject reading = JsonCasts.object(JsonValue.parse(said.strip()), "reading");
            return new Reading(reading.number("millis"), reading.number("kilobytes"));
        } catch (ProtocolException e) {
            throw new IOException(command + " said what cannot be read: " + said, e);
        }
    }

    /** What the system has seen a process need. @throws IOException where there is no {@code /proc} */
    static double peakKilobytes(String process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("the system does not say how much memory process " + process + " had");
    }
}
