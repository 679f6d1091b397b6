package dev.thalweg.container;

import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is to see to the document's summaries: the interactive writer that joined first, as stock clients have it. They
 * elect nobody else as long as that one is there, whether or not it does anything; so one that cannot write a summary
 * gives its place up, by joining anew behind those who can.
 */
final class Election {
    /** How the clients made with this library call their environment; more words may follow. */
    static final String ENVIRONMENT = "thalweg";

    /** What those add that write summaries by themselves. */
    static final String SUMMARIES = ENVIRONMENT + "; summaries";

    /** Operations without a summary after which one that writes none gives its place up. */
    private static final int PATIENCE = 1_000;

    private static final String SUMMARIZER = "summarizer";

    private final Connection connection;
    private final Quorum quorum;
    private final Submissions submissions;
    private int operations;

    Election(Connection connection, Quorum quorum, Submissions submissions) {
        this.connection = connection;
        this.quorum = quorum;
        this.submissions = submissions;
    }

    /** An operation was processed. */
    void operation() {
        if (++operations >= PATIENCE && operations % PATIENCE == 0) {
            handOver();
        }
    }

    /** A summary became the latest. */
    void summarized() {
        operations = 0;
    }

    /** Whether it is on this client to see to summaries. */
    boolean elected() {
        String own = connection.clientId();
        return own != null && own.equals(eldest(false));
    }

    /** Whether a client is connected that came to write a summary. */
    boolean summarizerPresent() {
        for (Quorum.Member member : quorum.members().values()) {
            if (SUMMARIZER.equals(member.client().type())) {
                return true;
            }
        }
        return false;
    }

    /** Gives the place up when this client has it and another can do more with it. */
    void handOver() {
        if (connection.state() == ConnectionState.CONNECTED && elected() && eldest(true) != null
                && submissions.count() == 0) {
            operations = 0;
            connection.reconnect(Failure.passing(0, "leaves the summaries to another client"));
        }
    }

    /* The interactive writer that joined first; when it is to be able, the first that writes summaries for all we know. */
    private @Nullable String eldest(boolean able) {
        String eldest = null;
        int since = Integer.MAX_VALUE;
        for (Map.Entry<String, Quorum.Member> entry : quorum.members().entrySet()) {
            Quorum.Member member = entry.getValue();
            Client client = member.client();
            if (client.interactive() && member.sequenceNumber() < since
                    && !(able && (ENVIRONMENT.equals(client.environment())
                            || entry.getKey().equals(connection.clientId())))) {
                eldest = entry.getKey();
                since = member.sequenceNumber();
            }
        }
        return eldest;
    }
}
