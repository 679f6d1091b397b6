package dev.thalweg.container;

import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;

/** Sees to it that summaries of a document are written. Given to {@link ContainerServices#withSummaries}. */
public interface SummaryPolicy {
    /** A container begins to read its document. */
    void watch(Summarizing container);

    /** What a policy may ask of the container it watches. */
    interface Summarizing {
        /** The container. */
        Container container();

        /** Whether it is on this client to see to summaries, and no other is at it. */
        boolean elected();

        /** Has a client of its own write a summary, as {@link Container#summarize(Outcome)} says. */
        void summarize(Outcome<SummaryReport> outcome);

        /** Lets another client see to summaries, when there is one that may be able to. */
        void handOver();

        /** The container's clock. */
        Timers timers();

        /** The container's chance. */
        Ids ids();
    }
}
