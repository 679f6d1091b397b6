package dev.thalweg.bench.micro;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.sequencing.Ticket;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One ticket of the sequencer. Clients take turns, and each refers to what was sequenced when it sent its last message,
 * so that the minimum rises with every ticket: the case that costs most.
 */
public class SequencerBenchmark extends Throughput {
    /** Writers of the document. */
    @Param({"1", "8", "100", "1000"})
    public int clients;

    private final RawJson contents = RawJson.of(JsonValue.of("{\"type\":\"component\",\"contents\":null}"));
    private Sequencer sequencer = new Sequencer(SequencerLimits.DEFAULT);
    private String[] ids = {};
    private int[] seen = {};
    private int turn;
    private int round;

    /** A new document that all clients have joined. */
    @Setup(Level.Iteration)
    public void join() {
        sequencer = new Sequencer(SequencerLimits.DEFAULT);
        Client client = new Client(ConnectionMode.WRITE, true, null, null, JsonObject.of("id", JsonValue.of("u")),
                Scopes.ALL);
        ids = new String[clients];
        seen = new int[clients];
        for (int i = 0; i < clients; i++) {
            ids[i] = "5f0c1d9a-7a3e-4c55-9d0e-" + (100_000_000_000L + i);
            sequencer.join(ids[i], client, 0);
        }
        Arrays.fill(seen, sequencer.sequenceNumber());
        turn = 0;
        round = 1;
    }

    /** One operation gets its number. */
    @Benchmark
    public Ticket ticket() {
        int client = turn;
        Ticket ticket = sequencer.ticket(ids[client],
                new DocumentMessage(round, seen[client], MessageType.OP, contents, null, null), 0);
        if (!(ticket instanceof Ticket.Sequenced)) {
            throw new IllegalStateException("expected a place for every operation, got " + ticket);
        }
        seen[client] = sequencer.sequenceNumber();
        if (++turn == clients) {
            turn = 0;
            round++;
        }
        return ticket;
    }
}
