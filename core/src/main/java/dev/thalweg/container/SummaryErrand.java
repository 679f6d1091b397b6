package dev.thalweg.container;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;

/** A client that comes to write one summary, and leaves. */
final class SummaryErrand {
    private final Container container;
    private final Outcome<SummaryReport> outcome;
    private boolean asked;
    private boolean done;

    private SummaryErrand(Container container, Outcome<SummaryReport> outcome) {
        this.container = container;
        this.outcome = outcome;
    }

    static void run(ContainerServices services, String documentId, Outcome<SummaryReport> outcome) {
        Container.load(services.as(ContainerServices.SUMMARIZER), documentId, ContainerSchema.builder().build(),
                new Outcome<>() {
                    @Override
                    public void succeeded(Container container) {
                        SummaryErrand errand = new SummaryErrand(container, outcome);
                        container.subscribe(errand::heard);
                        errand.ask();
                    }

                    @Override
                    public void failed(Failure failure) {
                        outcome.failed(failure);
                    }
                });
    }

    private void heard(ContainerEvent event) {
        if (event instanceof ContainerEvent.Closed closed) {
            fail(closed.failure());
        } else if (event instanceof ContainerEvent.ConnectionChanged) {
            ask();
        }
    }

    private void ask() {
        if (asked || container.connectionState() != ConnectionState.CONNECTED) {
            return;
        }
        asked = true;
        container.summarize(new Outcome<>() {
            @Override
            public void succeeded(SummaryReport report) {
                done = true;
                container.dispose();
                outcome.succeeded(report);
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
            }
        });
    }

    private void fail(Failure failure) {
        if (!done) {
            done = true;
            container.dispose();
            outcome.failed(failure);
        }
    }
}
