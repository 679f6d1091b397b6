package dev.thalweg.driver;

import dev.thalweg.protocol.DocumentMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open or opening connection to a document's stream. */
public interface DeltaConnection {
    /** Submits messages in order, as one batch. Ignored unless connected in write mode. */
    void submit(List<DocumentMessage> batch);

    /**
     * Sends a signal. Ignored unless connected, and when it has a target and the service knows none: what is meant for
     * one is not told to all.
     *
     * @param targetClientId who alone hears it, or null for everyone
     */
    void signal(String content, @Nullable String targetClientId);

    /** Leaves. The listener hears {@link DeltaListener#disconnected} unless it has already. */
    void close();
}
