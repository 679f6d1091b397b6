package dev.thalweg.web.rig;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.SummaryNode;
import org.jspecify.annotations.Nullable;

/** A service that is still being looked for. A document that nobody else can see yet needs no more than this. */
final class SoughtService implements ServiceFactory {
    private @Nullable ServiceFactory found;

    /** This is the one. */
    void found(ServiceFactory service) {
        found = service;
    }

    @Override
    public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
        present().create(documentId, summary, outcome);
    }

    @Override
    public DocumentService open(String documentId) {
        return present().open(documentId);
    }

    private ServiceFactory present() {
        ServiceFactory service = found;
        if (service == null) {
            throw new IllegalStateException("the service is not found yet");
        }
        return service;
    }
}
