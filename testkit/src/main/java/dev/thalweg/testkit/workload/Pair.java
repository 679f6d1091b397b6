package dev.thalweg.testkit.workload;

import dev.thalweg.dds.ChannelHost;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Two clients with a channel each, and a service that numbers what they send. Every operation goes as JSON text, which
 * each client that did not make it reads.
 *
 * @param <C> the handle
 */
public final class Pair<C extends SharedObject<?, ?>> implements Roster {
    private record Sent(int client, JsonValue contents, ChannelOperation operation) {}

    private static final List<String> NAMES = List.of("one", "two");

    private final List<C> channels;
    private final ArrayDeque<Sent> queue = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private int sequenceNumber;

    /** Two channels of a type, connected. */
    public Pair(ChannelType<C> type) {
        channels = NAMES.stream().map(name -> type.create("channel", name)).toList();
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).bind(new Client(i));
            channels.get(i).connectionChanged(true, NAMES.get(i));
        }
    }

    /** The channel of client 0 or 1. */
    public C channel(int client) {
        return channels.get(client);
    }

    /** Numbers and delivers everything that was sent, and what it gave rise to. */
    public void deliver() {
        for (Sent sent = queue.pollFirst(); sent != null; sent = queue.pollFirst()) {
            int reference = sequenceNumber++;
            OperationContext context = new OperationContext(sequenceNumber, reference, reference,
                    NAMES.get(sent.client()), this);
            String text = sent.contents().toJson();
            try {
                for (int i = 0; i < channels.size(); i++) {
                    if (i == sent.client()) {
                        channels.get(i).process(sent.contents(), context, sent.operation());
                    } else {
                        channels.get(i).process(JsonValue.parse(text), context, null);
                    }
                }
            } catch (ProtocolException e) {
                throw new IllegalStateException("cannot read " + text, e);
            }
            for (Runnable work = later.pollFirst(); work != null; work = later.pollFirst()) {
                work.run();
            }
        }
    }

    @Override
    public List<String> clientIds() {
        return NAMES;
    }

    @Override
    public int joinedAt(String clientId) {
        return NAMES.contains(clientId) ? 0 : -1;
    }

    private final class Client implements ChannelHost {
        private final int number;

        Client(int number) {
            this.number = number;
        }

        @Override
        public void submit(JsonValue contents, ChannelOperation operation) {
            queue.addLast(new Sent(number, contents, operation));
        }

        @Override
        public boolean attached() {
            return true;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void requireWritable() {}

        @Override
        public int reference() {
            return sequenceNumber;
        }

        @Override
        public String clientId() {
            return NAMES.get(number);
        }

        @Override
        public Roster roster() {
            return Pair.this;
        }

        @Override
        public void afterMessage(Runnable work) {
            later.addLast(work);
        }

        @Override
        public void changed() {}
    }
}
