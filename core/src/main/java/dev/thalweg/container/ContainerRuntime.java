package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import org.jspecify.annotations.Nullable;

/** The machines of a container, wired together. */
final class ContainerRuntime {
    static ContainerRuntime create(ContainerServices services, ContainerSchema schema) {
        throw new UnsupportedOperationException("container");
    }

    static void load(ContainerServices services, String documentId, ContainerSchema schema,
            Outcome<Container> outcome) {
        throw new UnsupportedOperationException("container");
    }

    void attach(String documentId, Outcome<String> outcome) {}

    boolean attached() {
        return false;
    }

    String documentId() {
        return "";
    }

    <C extends SharedObject<?, ?>> C object(String key, ChannelType<C> type) {
        throw new UnsupportedOperationException("container");
    }

    <C extends SharedObject<?, ?>> C channel(String path, ChannelType<C> type) {
        throw new UnsupportedOperationException("container");
    }

    <C extends SharedObject<?, ?>> C add(ChannelType<C> type) {
        throw new UnsupportedOperationException("container");
    }

    Channel channelOf(SharedObject<?, ?> object) {
        throw new UnsupportedOperationException("container");
    }

    ConnectionState connectionState() {
        return ConnectionState.DISCONNECTED;
    }

    @Nullable String clientId() {
        return null;
    }

    void connect() {}

    void disconnect() {}

    void dispose() {}

    boolean readOnly() {
        return false;
    }

    Audience audience() {
        throw new UnsupportedOperationException("container");
    }

    Quorum quorum() {
        throw new UnsupportedOperationException("container");
    }

    int sequenceNumber() {
        return 0;
    }

    int minimumSequenceNumber() {
        return 0;
    }

    int pendingCount() {
        return 0;
    }

    void batch(Runnable edits) {}

    void flush() {}

    void summarize(Outcome<SummaryReport> outcome) {}

    void signal(String type, JsonValue content, @Nullable String targetClientId) {}

    void propose(String key, JsonValue value) {}

    Subscription subscribe(Listener<? super ContainerEvent> listener) {
        throw new UnsupportedOperationException("container");
    }
}
