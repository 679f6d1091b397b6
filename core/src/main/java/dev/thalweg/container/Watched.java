package dev.thalweg.container;

import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;

/** A container as a {@link SummaryPolicy} sees it. */
record Watched(ContainerRuntime runtime) implements SummaryPolicy.Summarizing {
    @Override
    public Container container() {
        return new Container(runtime);
    }

    @Override
    public boolean elected() {
        return runtime.connection.state() == ConnectionState.CONNECTED && runtime.election.elected()
                && !runtime.election.summarizerPresent();
    }

    @Override
    public void summarize(Outcome<SummaryReport> outcome) {
        SummaryErrand.run(runtime.services.knowing(runtime.types), runtime.documentId(), outcome);
    }

    @Override
    public void handOver() {
        runtime.election.handOver();
    }

    @Override
    public Timers timers() {
        return runtime.services.timers();
    }

    @Override
    public Ids ids() {
        return runtime.services.ids();
    }
}
