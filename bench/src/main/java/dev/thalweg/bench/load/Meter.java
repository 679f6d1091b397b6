package dev.thalweg.bench.load;

import java.util.ArrayList;
import java.util.List;

/** What all clients of a run count together, on the one thread that they share. */
final class Meter {
    private static final int MAX_FAULTS = 20;

    private final Latencies latencies = new Latencies();
    private final List<String> faults = new ArrayList<>();
    private boolean measuring;
    private long operations;
    private long deliveries;

    /** Counts from now on, from nothing. */
    void start() {
        latencies.clear();
        operations = 0;
        deliveries = 0;
        measuring = true;
    }

    /** Counts no more. */
    void stop() {
        measuring = false;
    }

    /** A client heard an operation of anybody. */
    void delivered() {
        if (measuring) {
            deliveries++;
        }
    }

    /** A writer heard its own operation. @param nanos since it was due to be sent */
    void returned(long nanos) {
        if (measuring) {
            operations++;
            latencies.add(nanos);
        }
    }

    /** Something is not as it must be: the run does not count. */
    void fault(String what) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(what);
        }
    }

    Latencies latencies() {
        return latencies;
    }

    long operations() {
        return operations;
    }

    long deliveries() {
        return deliveries;
    }

    List<String> faults() {
        return faults;
    }
}
