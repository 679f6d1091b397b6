package dev.thalweg.driver;

import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;

/** Hears what arrives on a connection to a document's stream. */
public interface DeltaListener {
    /** The service took the connection. */
    void connected(Connected connected);

    /** Sequenced messages, in order within the list; lists may repeat or skip some. */
    void operations(List<SequencedMessage> messages);

    /** What this client submitted was refused. The connection should be given up. */
    void nacked(List<Nack> nacks);

    /** A signal. */
    void signalled(Signal signal);

    /**
     * The connection is gone or never came up; nothing follows.
     *
     * @param failure why; code 401 when the token was refused, 403 when it does not allow this, 404 when there is no
     *                such document
     */
    void disconnected(Failure failure);
}
