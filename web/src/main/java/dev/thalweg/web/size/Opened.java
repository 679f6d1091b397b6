package dev.thalweg.web.size;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.platform.BrowserPlatform;
import org.jspecify.annotations.Nullable;

/** What every program that is weighed or measured does with a document, whatever is in it. */
public final class Opened {
    private final ContainerServices services;
    private final ContainerSchema schema;
    private @Nullable Container container;
    private String said = "";

    /** Nothing is opened yet. */
    public Opened(String url, String tenant, String token, ChannelTypes types, ContainerSchema schema) {
        Platform platform = BrowserPlatform.create();
        services = new ContainerServices(
                new SocketIoServiceFactory(platform, ServiceEndpoint.at(url, tenant),
                        (request, outcome) -> outcome.succeeded(token)),
                platform.timers(), platform.ids(), types);
        this.schema = schema;
    }

    /** Opens a document. */
    public void load(String documentId) {
        Container.load(services, documentId, schema, new Outcome<>() {
            @Override
            public void succeeded(Container opened) {
                container = opened;
            }

            @Override
            public void failed(Failure failure) {
                said = failure.message();
            }
        });
    }

    void create() {
        Container created = Container.create(services, schema);
        container = created;
        created.attach(new Outcome<>() {
            @Override
            public void succeeded(String documentId) {
                said = documentId;
            }

            @Override
            public void failed(Failure failure) {
                said = failure.message();
            }
        });
    }

    void summarize() {
        container().summarize(new Outcome<>() {
            @Override
            public void succeeded(SummaryReport report) {
                said = report.handle();
            }

            @Override
            public void failed(Failure failure) {
                said = failure.message();
            }
        });
    }

    /** The document, or null until it is there. */
    public @Nullable Container found() {
        return container;
    }

    Container container() {
        Container opened = container;
        if (opened == null) {
            throw new IllegalStateException("no document yet");
        }
        return opened;
    }

    void heard(String what) {
        said = what;
    }

    /** What was heard last, a failure for example. */
    public String said() {
        return said;
    }
}
