package dev.thalweg.container;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that loses messages on their way and gives its record in small pages. */
final class Gapped {
    final Rig.Peer peer;
    int dropNext;
    int pageSize = Integer.MAX_VALUE;
    int requests;
    int concurrent;
    private int open;

    Gapped(Rig.Peer peer) {
        this.peer = peer;
    }

    ServiceFactory over(ServiceFactory service) {
        return new ServiceFactory() {
            @Override
            public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
                service.create(documentId, summary, outcome);
            }

            @Override
            public DocumentService open(String documentId) {
                return document(service.open(documentId));
            }
        };
    }

    private DocumentService document(DocumentService service) {
        return new DocumentService() {
            @Override
            public String documentId() {
                return service.documentId();
            }

            @Override
            public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
                return service.connect(request, lossy(listener));
            }

            @Override
            public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
                open++;
                concurrent = Math.max(concurrent, open);
                service.deltas(from, to, new Outcome<>() {
                    @Override
                    public void succeeded(List<SequencedMessage> page) {
                        open--;
                        outcome.succeeded(page.subList(0, Math.min(pageSize, page.size())));
                    }

                    @Override
                    public void failed(Failure failure) {
                        open--;
                        outcome.failed(failure);
                    }
                });
                if (dropNext < 0) {
                    requests++;
                }
            }

            @Override
            public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
                service.latestSummary(outcome);
            }

            @Override
            public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
                service.uploadSummary(tree, parent, outcome);
            }

            @Override
            public void createBlob(byte[] bytes, Outcome<String> outcome) {
                service.createBlob(bytes, outcome);
            }

            @Override
            public void readBlob(String id, Outcome<byte[]> outcome) {
                service.readBlob(id, outcome);
            }
        };
    }

    private DeltaListener lossy(DeltaListener listener) {
        return new DeltaListener() {
            @Override
            public void connected(Connected connected) {
                listener.connected(connected);
            }

            @Override
            public void operations(List<SequencedMessage> messages) {
                if (dropNext > 0) {
                    dropNext--;
                    if (dropNext == 0) {
                        dropNext = -1;
                    }
                } else {
                    listener.operations(messages);
                }
            }

            @Override
            public void nacked(List<Nack> nacks) {
                listener.nacked(nacks);
            }

            @Override
            public void signalled(Signal signal) {
                listener.signalled(signal);
            }

            @Override
            public void disconnected(Failure failure) {
                listener.disconnected(failure);
            }
        };
    }
}
