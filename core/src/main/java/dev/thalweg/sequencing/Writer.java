package dev.thalweg.sequencing;

import dev.thalweg.protocol.Scopes;
import java.util.List;

/** What the sequencer remembers of one writing client. */
final class Writer {
    final String clientId;
    final List<String> scopes;
    final boolean mayWrite;
    final boolean maySummarize;
    int clientSequenceNumber;
    int referenceSequenceNumber;
    double heard;
    /** Set for good once it fell behind the minimum: what it sends cannot be placed any more. */
    boolean refused;
    /** Its place in {@link References}, which alone writes it. */
    int place;

    Writer(String clientId, List<String> scopes, int clientSequenceNumber, int referenceSequenceNumber, double heard) {
        this.clientId = clientId;
        this.scopes = scopes;
        this.mayWrite = Scopes.contain(scopes, Scopes.WRITE);
        this.maySummarize = Scopes.contain(scopes, Scopes.SUMMARY_WRITE);
        this.clientSequenceNumber = clientSequenceNumber;
        this.referenceSequenceNumber = referenceSequenceNumber;
        this.heard = heard;
    }
}
