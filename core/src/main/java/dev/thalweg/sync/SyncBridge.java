package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.List;
import java.util.Map;

/** Carries events between two hubs that know of each other, from each what the other lacks. Keeps nothing itself. */
public final class SyncBridge {
    private final SyncTransport one;
    private final SyncTransport other;
    private final int portion;

    /** One between two hubs. @param portion how many events it carries at once, at least 1 */
    public SyncBridge(SyncTransport one, SyncTransport other, int portion) {
        if (portion < 1) {
            throw new IllegalArgumentException("at least one event is carried, was " + portion);
        }
        this.one = one;
        this.other = other;
        this.portion = portion;
    }

    /** Carries what there is. @param outcome hears how many events it was, in both directions together */
    public void carry(Outcome<Integer> outcome) {
        one.state(new Then<>(outcome) {
            @Override
            public void succeeded(SyncState here) {
                other.state(new Then<>(outcome) {
                    @Override
                    public void succeeded(SyncState there) {
                        DocumentKind kind = here.kind() == null ? there.kind() : here.kind();
                        if (kind == null) {
                            outcome.succeeded(0);
                            return;
                        }
                        carry(kind, one, other, there.versions(), 0, new Then<>(outcome) {
                            @Override
                            public void succeeded(Integer forth) {
                                carry(kind, other, one, here.versions(), forth, outcome);
                            }
                        });
                    }
                });
            }
        });
    }

    private void carry(DocumentKind kind, SyncTransport from, SyncTransport to, Map<String, Integer> known, int carried,
            Outcome<Integer> outcome) {
        from.pull(kind, known, portion, new Then<>(outcome) {
            @Override
            public void succeeded(PullReply reply) {
                List<EventRun> events = reply.events();
                if (events.isEmpty()) {
                    outcome.succeeded(carried);
                    return;
                }
                to.push(kind, "", events, new Then<>(outcome) {
                    @Override
                    public void succeeded(PushReply pushed) {
                        int all = carried + SyncClient.count(events);
                        if (reply.more()) {
                            carry(kind, from, to, SyncClient.with(known, events), all, outcome);
                        } else {
                            outcome.succeeded(all);
                        }
                    }
                });
            }
        });
    }

    /* Goes on when it worked. */
    private abstract static class Then<T> implements Outcome<T> {
        private final Outcome<?> outcome;

        Then(Outcome<?> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void failed(Failure failure) {
            outcome.failed(failure);
        }
    }
}
