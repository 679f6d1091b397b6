package dev.thalweg.web.module;

import dev.thalweg.container.AttachState;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.Resolved;
import dev.thalweg.container.ServiceAudience;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.Subscription;
import dev.thalweg.presence.Presence;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;

/** A document as this client has it. */
@JSClass(name = "Container")
public final class JsContainer {
    private final Container container;
    private final Platform platform;
    /* One object in JavaScript for one in Java, so that they can be compared. */
    private final Map<SharedObject<?, ?>, JsChannel<?>> channels = new HashMap<>();
    private final Map<String, JsTypedStructure> typed;
    private final Map<String, Object> views = new HashMap<>();
    private @Nullable JsAudience audience;
    private @Nullable JsPresence presence;

    /** @param typed the initial objects whose values have a shape */
    JsContainer(Container container, Platform platform, Map<String, JsTypedStructure> typed) {
        this.container = container;
        this.platform = platform;
        this.typed = typed;
    }

    Container container() {
        return container;
    }

    @JSExport
    public JSPromise<Object> attach() {
        return Promises.<String>ask(container::attach, Js::out);
    }

    @JSExport
    @JSProperty
    public String getAttachState() {
        return switch (container.attachState()) {
            case DETACHED -> "detached";
            case ATTACHING -> "attaching";
            case ATTACHED -> "attached";
        };
    }

    @JSExport
    @JSProperty
    public JSObject getId() {
        return Js.out(container.attachState() == AttachState.ATTACHED ? container.documentId() : null);
    }

    @JSExport
    @JSProperty
    public JSObject getInitialObjects() {
        JSObject objects = Js.object();
        container.initialObjects().forEach((key, object) -> Js.define(objects, key, initial(key, object)));
        return objects;
    }

    @JSExport
    public Object create(JSObject type) {
        return channel(container.create(Structures.find(type)));
    }

    @JSExport
    public JSObject addStore(JSObject packagePath, JSObject schema) {
        Handle handle = container.addStore(Js.texts(packagePath, "packagePath"),
                Structures.schema(schema).structures());
        return Js.out(handle.toJson());
    }

    @JSExport
    public Object resolve(JSObject handle) {
        Resolved found = container.resolve(handle(handle));
        JSObject result = Js.out(switch (found) {
            case Resolved.Structure structure -> Plain.object().put("kind", "structure").build();
            case Resolved.Foreign foreign -> Plain.object().put("kind", "foreign").put("path", foreign.path())
                    .put("type", foreign.type()).build();
            case Resolved.Store store -> Plain.object().put("kind", "store").put("id", store.id()).build();
            case Resolved.Attachment attachment -> Plain.object().put("kind", "blob").build();
            case Resolved.Missing missing -> Plain.object().put("kind", "missing").put("path", missing.path()).build();
        });
        if (found instanceof Resolved.Structure structure) {
            Js.define(result, "object", channel(structure.object()));
        }
        return result;
    }

    @JSExport
    public JSPromise<Object> uploadBlob(JSObject bytes) {
        return Promises.<Handle>ask(outcome -> container.uploadBlob(Bytes.in(bytes, "bytes"), outcome),
                handle -> Js.out(handle.toJson()));
    }

    @JSExport
    public JSPromise<Object> readBlob(JSObject handle) {
        return Promises.<byte[]>ask(outcome -> container.readBlob(handle(handle), outcome),
                Bytes::out);
    }

    @JSExport
    @JSProperty
    public String getConnectionState() {
        return state(container.connectionState());
    }

    @JSExport
    @JSProperty
    public JSObject getClientId() {
        return Js.out(container.clientId());
    }

    @JSExport
    public void connect() {
        container.connect();
    }

    @JSExport
    public void disconnect() {
        container.disconnect();
    }

    @JSExport
    public void dispose() {
        container.dispose();
    }

    @JSExport
    @JSProperty
    public boolean isDisposed() {
        return container.disposed();
    }

    @JSExport
    @JSProperty
    public boolean isReadOnly() {
        return container.readOnly();
    }

    @JSExport
    @JSProperty
    public boolean isDirty() {
        return container.dirty();
    }

    @JSExport
    @JSProperty
    public int getSequenceNumber() {
        return container.sequenceNumber();
    }

    @JSExport
    @JSProperty
    public JSObject getQuarantined() {
        Plain reasons = Plain.object();
        container.quarantined().forEach(reasons::put);
        return Js.out(reasons.build());
    }

    @JSExport
    public JSPromise<Object> connected() {
        return until(() -> container.connectionState() == ConnectionState.CONNECTED);
    }

    @JSExport
    public JSPromise<Object> saved() {
        return until(() -> !container.dirty());
    }

    /* A function that goes on later would make its later edits outside of the transaction, so it is refused. */
    @JSExport
    public JSObject runTransaction(JSObject edits) {
        Js.function(edits, "edits");
        return container.runTransaction(() -> {
            JSObject result = call(edits);
            if (Js.thenable(result)) {
                throw new IllegalArgumentException(
                        "a transaction ends when its function returns; it must not be async");
            }
            return result;
        });
    }

    @JSExport
    public JSPromise<Object> summarize() {
        return Promises.<SummaryReport>ask(container::summarize,
                report -> Js.out(Plain.object().put("handle", report.handle())
                        .put("sequenceNumber", report.sequenceNumber()).build()));
    }

    @JSExport
    public void signal(JSObject type, JSObject content, JSObject targetClientId) {
        String target = Js.optionalText(targetClientId, "targetClientId");
        if (target == null) {
            container.signal(Js.text(type, "type"), Js.value(content, "content"));
        } else {
            container.signal(Js.text(type, "type"), Js.value(content, "content"), target);
        }
    }

    @JSExport
    public void propose(JSObject key, JSObject value) {
        container.propose(Js.text(key, "key"), Js.value(value, "value"));
    }

    @JSExport
    public JSObject accepted(JSObject key) {
        return Js.out(container.quorum().value(Js.text(key, "key")));
    }

    @JSExport
    @JSProperty
    public Object getAudience() {
        JsAudience known = audience;
        if (known == null) {
            known = new JsAudience(ServiceAudience.of(container));
            audience = known;
        }
        return known;
    }

    @JSExport
    @JSProperty
    public Object getPresence() {
        JsPresence known = presence;
        if (known == null) {
            known = new JsPresence(Presence.of(container, platform.timers(), platform.ids()));
            presence = known;
        }
        return known;
    }

    /** Hears events. @return a function that ends this */
    @JSExport
    public JSObject on(JSObject event, JSObject listener) {
        Hearer hearer = Hearer.of(event, listener);
        return Hearer.unsubscribe(container.subscribe(happened -> ContainerEvents.tell(happened, hearer)));
    }

    private Object initial(String key, SharedObject<?, ?> object) {
        JsTypedStructure shape = typed.get(key);
        return shape == null ? channel(object) : views.computeIfAbsent(key, name -> shape.over(channel(object)));
    }

    /** The object in JavaScript that stands for a structure. */
    private JsChannel<?> channel(SharedObject<?, ?> object) {
        JsChannel<?> known = channels.get(object);
        if (known == null) {
            known = Structures.wrap(this, object);
            channels.put(object, known);
        }
        return known;
    }

    /** In JavaScript's words. */
    static String state(ConnectionState state) {
        return switch (state) {
            case DISCONNECTED -> "disconnected";
            case CONNECTING -> "connecting";
            case CATCHING_UP -> "catchingUp";
            case CONNECTED -> "connected";
            case CLOSED -> "closed";
        };
    }

    private JSPromise<Object> until(BooleanSupplier met) {
        return Promises.<Boolean>ask(outcome -> until(met, outcome), done -> Js.undefined());
    }

    private void until(BooleanSupplier met, Outcome<Boolean> outcome) {
        if (container.connectionState() == ConnectionState.CLOSED) {
            throw new IllegalStateException("the container is closed");
        } else if (met.getAsBoolean()) {
            outcome.succeeded(true);
        } else {
            Subscription[] subscription = new Subscription[1];
            subscription[0] = container.subscribe(event -> {
                if (event instanceof ContainerEvent.Closed closed) {
                    subscription[0].cancel();
                    outcome.failed(closed.failure());
                } else if (met.getAsBoolean()) {
                    subscription[0].cancel();
                    outcome.succeeded(true);
                }
            });
        }
    }

    private static Handle handle(JSObject value) {
        Handle handle = Handle.read(Js.value(value, "handle"));
        if (handle == null) {
            throw new IllegalArgumentException("handle must be a handle, was " + Js.value(value, "handle").toJson());
        }
        return handle;
    }

    @JSBody(params = "edits", script = "return edits();")
    private static native JSObject call(JSObject edits);
}
