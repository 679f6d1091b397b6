package dev.thalweg.container;

import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.platform.Subscription;

/** Tells the application what happens; an application that throws while it listens harms nobody but itself. */
final class Events {
    private final Listeners<ContainerEvent> listeners = new Listeners<>();

    Subscription add(Listener<? super ContainerEvent> listener) {
        return listeners.add(listener);
    }

    void tell(ContainerEvent event) {
        try {
            listeners.tell(event);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Reports a listener that threw. */
    void failed(RuntimeException failure) {
        try {
            listeners.tell(new ContainerEvent.ListenerFailed(failure));
        } catch (RuntimeException again) {
            // The listener for failures failed: nobody is left to be told.
        }
    }
}
