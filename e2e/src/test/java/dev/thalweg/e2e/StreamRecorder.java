package dev.thalweg.e2e;

import dev.thalweg.driver.DeltaListener;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what arrives on one connection. */
final class StreamRecorder implements DeltaListener {
    final List<Connected> connected = new CopyOnWriteArrayList<>();
    final List<SequencedMessage> messages = new CopyOnWriteArrayList<>();
    final List<Nack> nacks = new CopyOnWriteArrayList<>();
    final List<Signal> signals = new CopyOnWriteArrayList<>();
    final List<Failure> ends = new CopyOnWriteArrayList<>();

    List<SequencedMessage> ofType(MessageType type) {
        return messages.stream().filter(message -> message.type() == type).toList();
    }

    @Override
    public void connected(Connected value) {
        connected.add(value);
    }

    @Override
    public void operations(List<SequencedMessage> arrived) {
        messages.addAll(arrived);
    }

    @Override
    public void nacked(List<Nack> refused) {
        nacks.addAll(refused);
    }

    @Override
    public void signalled(Signal signal) {
        signals.add(signal);
    }

    @Override
    public void disconnected(Failure failure) {
        ends.add(failure);
    }
}
