package dev.thalweg.driver;

import dev.thalweg.driver.RestClient.Authorization;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;

/** Reads a range of sequenced messages, page by page, until it is whole or the service has no more. */
final class DeltaReader {
    /** Messages that a service gives at once. */
    static final int PAGE = 2000;

    private final ServiceEndpoint endpoint;
    private final RestClient rest;
    private final String documentId;
    private final int to;
    private final Outcome<List<SequencedMessage>> outcome;
    private final List<SequencedMessage> messages = new ArrayList<>();

    private DeltaReader(ServiceEndpoint endpoint, RestClient rest, String documentId, int to,
            Outcome<List<SequencedMessage>> outcome) {
        this.endpoint = endpoint;
        this.rest = rest;
        this.documentId = documentId;
        this.to = to;
        this.outcome = outcome;
    }

    /** Reads; both bounds are exclusive. */
    static void read(ServiceEndpoint endpoint, RestClient rest, String documentId, int from, int to,
            Outcome<List<SequencedMessage>> outcome) {
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("bounds must not be negative, were " + from + " and " + to);
        }
        new DeltaReader(endpoint, rest, documentId, to, outcome).page(from);
    }

    private void page(int from) {
        if (to - from <= 1) {
            outcome.succeeded(messages);
            return;
        }
        int end = to - from > PAGE + 1 ? from + PAGE + 1 : to;
        rest.get(Authorization.ORDERER, endpoint.deltas(documentId, from, end), DeltaReader::messages,
                new Outcome<>() {
                    @Override
                    public void succeeded(List<SequencedMessage> page) {
                        arrived(from, page);
                    }

                    @Override
                    public void failed(Failure failure) {
                        /* What has come is of use; whoever asked will ask for the rest. */
                        if (messages.isEmpty()) {
                            outcome.failed(failure);
                        } else {
                            outcome.succeeded(messages);
                        }
                    }
                });
    }

    private void arrived(int from, List<SequencedMessage> page) {
        int last = from;
        for (SequencedMessage message : page) {
            if (message.sequenceNumber() > last && message.sequenceNumber() < to) {
                messages.add(message);
                last = message.sequenceNumber();
            }
        }
        if (last == from) {
            outcome.succeeded(messages);
        } else {
            page(last);
        }
    }

    private static List<SequencedMessage> messages(JsonValue body) throws ProtocolException {
        List<SequencedMessage> messages = new ArrayList<>();
        for (JsonValue value : JsonCasts.array(body, "deltas").values()) {
            messages.add(SequencedMessage.read(new JsonReader(value.toJson(), JsonLimits.DEFAULT)));
        }
        return messages;
    }
}
