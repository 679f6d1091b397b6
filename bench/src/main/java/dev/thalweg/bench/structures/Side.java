package dev.thalweg.bench.structures;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.workload.Workload;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One of those that are compared. It plays a round when it is asked to, so that all take turns. */
interface Side extends AutoCloseable {
    /** How long a round took, and what it came to. */
    record Round(double millis, String end) {}

    /** Who it is, for the error. */
    String name();

    /** Plays one round. */
    Round play(Workload workload) throws IOException;

    @Override
    default void close() throws IOException {}

    /** Ours in this process. @param operations in a round */
    static Side here(int operations) {
        return new Side() {
            @Override
            public String name() {
                return "ours on the JVM";
            }

            @Override
            public Round play(Workload workload) {
                Workload.Round round = workload.prepare(operations);
                long start = System.nanoTime();
                round.play();
                return new Round((System.nanoTime() - start) / 1e6, round.end());
            }
        };
    }

    /** A program of Node that plays a round for each line. */
    static Side node(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedWriter asked = node.outputWriter();
        BufferedReader said = node.inputReader();
        return new Side() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Round play(Workload workload) throws IOException {
                asked.write(workload.peerName);
                asked.newLine();
                asked.flush();
                String line = said.readLine();
                if (line == null) {
                    throw new IOException(name + " ended in a round of " + workload.peerName);
                }
                try {
                    JsonObject round = JsonCasts.object(JsonValue.parse(line), "round");
                    return new Round(JsonCasts.number(round.require("millis"), "millis"), round.string("end"));
                } catch (ProtocolException e) {
                    throw new IOException(name + " said what cannot be read: " + line, e);
                }
            }

            @Override
            public void close() throws IOException {
                asked.close();
                node.destroy();
            }
        };
    }
}
