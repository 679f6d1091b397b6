package dev.thalweg.web.module;

import dev.thalweg.container.AutomaticSummaries;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerOptions;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.platform.Platform;
import dev.thalweg.protocol.Client;
import dev.thalweg.web.platform.BrowserPlatform;
import dev.thalweg.web.platform.BrowserSockets;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** A program's way to documents. */
@JSClass(name = "ThalwegClient")
public final class JsClient {
    private static final String DEFAULT_TENANT = ServiceEndpoint.DEVELOPMENT_TENANT;

    private final Platform platform;
    private final ContainerServices services;

    /** A client of a service; nothing is sent yet. */
    @JSExport
    public JsClient(JSObject options) {
        Errors.install();
        String url = Js.text(Js.member(options, "url"), "url");
        String tenant = Js.optionalText(Js.member(options, "tenant"), "tenant");
        JSObject socket = Js.member(options, "webSocket");
        platform = BrowserPlatform.create(Js.function(Js.missing(socket) ? BrowserSockets.own() : socket,
                "webSocket (which Node.js before 22 does not have by itself)"));
        ContainerServices plain = new ContainerServices(
                new SocketIoServiceFactory(platform,
                        ServiceEndpoint.at(url, tenant == null ? DEFAULT_TENANT : tenant),
                        new JsTokens(Js.member(options, "tokenProvider"))),
                platform.timers(), platform.ids(), Structures.types(), ContainerOptions.DEFAULT,
                client(Js.optionalText(Js.member(options, "mode"), "mode")));
        services = truthy(Js.member(options, "summaries")) ? plain.withSummaries(AutomaticSummaries.DEFAULT) : plain;
    }

    @JSExport
    public JSPromise<Object> createContainer(JSObject schema) {
        return new JSPromise<>((resolve, reject) -> {
            Structures.Schema wanted = Structures.schema(schema);
            Container container = Container.create(services, wanted.structures());
            resolve.accept(new JsContainer(container, platform, wanted.typed()));
        });
    }

    @JSExport
    public JSPromise<Object> getContainer(JSObject id, JSObject schema) {
        Structures.Schema wanted = Structures.schema(schema);
        return Promises.<Container>ask(
                outcome -> Container.load(services, Js.text(id, "id"), wanted.structures(), outcome),
                container -> new JsContainer(container, platform, wanted.typed()));
    }

    private static Client client(@Nullable String mode) {
        if (mode == null || mode.equals("write")) {
            return ContainerServices.WRITER;
        }
        if (mode.equals("read")) {
            return ContainerServices.READER;
        }
        if (mode.equals("summarizer")) {
            return ContainerServices.SUMMARIZER;
        }
        throw new IllegalArgumentException("mode must be write, read or summarizer, was " + mode);
    }

    @JSBody(params = "value", script = "return !!value;")
    private static native boolean truthy(JSObject value);
}
