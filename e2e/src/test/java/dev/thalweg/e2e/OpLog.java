package dev.thalweg.e2e;

import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads what a service has on record of a document, for whoever wants to know what went over the wire. */
final class OpLog implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final JvmPlatform machine = new JvmPlatform();
    private final SocketIoServiceFactory service;

    /** @param url of a service of the development tenant */
    OpLog(String url) {
        service = new SocketIoServiceFactory(machine.platform(),
                ServiceEndpoint.at(url, ServiceEndpoint.DEVELOPMENT_TENANT),
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "reader"));
    }

    /** All messages of a document. */
    List<SequencedMessage> read(String documentId) throws Exception {
        return since(documentId, 0);
    }

    /** All messages of a document after one. @param from its sequence number */
    List<SequencedMessage> since(String documentId, int from) throws Exception {
        List<SequencedMessage> all = new ArrayList<>();
        while (true) {
            int last = all.isEmpty() ? from : all.get(all.size() - 1).sequenceNumber();
            List<SequencedMessage> more = machine.<List<SequencedMessage>>ask(
                    outcome -> service.open(documentId).deltas(last, Integer.MAX_VALUE, outcome))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (more.isEmpty()) {
                return all;
            }
            all.addAll(more);
        }
    }

    /** All messages of a type. */
    List<SequencedMessage> read(String documentId, MessageType type) throws Exception {
        return read(documentId).stream().filter(message -> message.type() == type).toList();
    }

    @Override
    public void close() {
        machine.close();
    }
}
