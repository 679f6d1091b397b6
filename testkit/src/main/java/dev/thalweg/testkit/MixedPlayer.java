package dev.thalweg.testkit;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerOptions;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.protocol.Nack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/*
 * How steps are to be read here. Client 0 makes the document and is always there; "load" brings in a client, who reads
 * the latest summary and what came after it. Calls are {"m":"edit","on":"map","op":…} with a call of that structure's
 * model, {"m":"transaction","ops":[…]} of edits, "summarize" by a client that comes for it, "pauseUp" and "pauseDown" of
 * a link until the client receives, "refuse" and "throttle" for the next message, "restart" of the service, and "wait"
 * for so many ms. "seq" makes so many deliveries, each chosen by chance; "recv" ends a client's pauses before. "disc" cuts
 * the link, or with keep above 0 hangs up on purpose; "reconn" makes good for both.
 */

/** Plays scripts over containers that share a document of all structures. */
final class MixedPlayer {
    private static final ContainerOptions OPTIONS = ContainerOptions.DEFAULT.withBackoff(50, 2_000).withNoop(500, 5);
    private static final ChannelTypes TYPES = ChannelTypes
            .of(Models.all().stream().map(StructureModel::type).toArray(ChannelType<?>[]::new));
    private static final int ENOUGH_DELIVERIES = 1_000;
    private static final int ALL_QUIET_MILLIS = 120_000;

    private final boolean batched;
    private final LoopbackTimers timers = new LoopbackTimers(1_795_198_255_354.0);
    private final LoopbackIds ids;
    private final LoopbackService service;
    private final ContainerSchema schema;
    private final Map<Integer, MixedClient> clients = new TreeMap<>();
    private final Box<String> created = new Box<>("the creation");
    private double counted;

    MixedPlayer(int seed, boolean batched) {
        this.batched = batched;
        ids = new LoopbackIds(seed);
        service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
        ContainerSchema.Builder objects = ContainerSchema.builder();
        for (StructureModel<?> model : Models.all()) {
            objects.object(model.name(), model.type());
        }
        schema = objects.build();
    }

    /** Makes the document. */
    void open() {
        LoopbackLink link = service.link();
        Container container = Container.create(services(link), schema);
        clients.put(0, new MixedClient("c0", link, container));
        container.attach(created);
        service.settle();
    }

    /** Who takes part, lowest first. */
    List<Integer> clients() {
        return List.copyOf(clients.keySet());
    }

    /** Whether a client has neither been cut off nor hung up. */
    boolean connected(int client) {
        return client(client).reachable();
    }

    /** Makes up a call on a structure of a client. */
    JsonValue generate(int client, String name, Rng rng) {
        return client(client).part(name).generate(rng);
    }

    /** Plays a step. */
    void play(Step step) {
        switch (step) {
            case Step.Load load -> enter(load.client());
            case Step.Join join -> enter(join.client());
            case Step.Call call -> on(call.client(), client -> call(client, call));
            case Step.Flush flush -> on(flush.client(), client -> client.container().flush());
            case Step.Sequence sequence -> deliver(sequence.count());
            case Step.Receive receive -> on(receive.client(), client -> {
                client.link().resume();
                deliver(receive.count());
            });
            case Step.Noop noop -> service.advance(OPTIONS.noopDelayMillis());
            case Step.NoopAll all -> service.advance(OPTIONS.noopDelayMillis());
            case Step.Disconnect disconnect -> on(disconnect.client(), client -> client.leave(disconnect.keep() == 0));
            case Step.Reconnect reconnect -> on(reconnect.client(), MixedClient::comeBack);
            case Step.Duplicate duplicate -> on(duplicate.client(), client -> client.link().duplicate());
            case Step.Rollback rollback -> on(rollback.client(), client -> client.takeBack(rollback.calls()));
        }
        clients.values().forEach(MixedClient::requireWell);
    }

    /** Brings everyone back, lets everything arrive, and looks whether all is as it must be. @return the states */
    JsonObject end() {
        for (MixedClient client : clients.values()) {
            client.link().resume();
            client.comeBack();
        }
        service.advance(ALL_QUIET_MILLIS);
        MixedClient late = load("a client that comes late");
        service.advance(ALL_QUIET_MILLIS);
        Box<SummaryReport> summary = new Box<>("the last summary");
        Container.summarize(services(service.link()), created.value(), summary);
        service.advance(ALL_QUIET_MILLIS);
        summary.value();
        MixedClient last = load("a client that has the last summary");
        service.advance(ALL_QUIET_MILLIS);
        MixedClient first = client(0);
        for (MixedClient client : clients.values()) {
            client.verify(first);
        }
        late.verify(first);
        last.verify(first);
        first.verify(MixedLog.of(service.log(created.value())));
        String counter = first.part("counter").state().toJson();
        if (!counter.equals(JsonValue.of(counted).toJson())) {
            throw new IllegalStateException("the counter was given " + counted + " and is at " + counter);
        }
        return first.states();
    }

    private void call(MixedClient client, Step.Call step) {
        JsonValue call = step.call();
        switch (Calls.verb(call)) {
            case "edit" -> {
                edit(client, step.id(), call);
                if (!batched) {
                    client.container().flush();
                }
            }
            case "transaction" -> client.container().runTransaction(() -> {
                for (JsonValue edit : Fields.array(call, "ops").values()) {
                    edit(client, step.id(), edit);
                }
            });
            case "summarize" -> Container.summarize(services(service.link()), created.value(),
                    new Box<>("a summary"));
            case "pauseUp" -> client.link().pauseUp(true);
            case "pauseDown" -> client.link().pauseDown(true);
            case "refuse" -> client.link().refuseNext(Nack.badRequest("chance", -1, null));
            case "throttle" -> client.link().refuseNext(Nack.throttled("chance", 1, null));
            case "restart" -> service.restart();
            case "wait" -> service.advance(Calls.integer(call, "ms"));
            default -> throw Calls.unknown(call);
        }
    }

    private void edit(MixedClient client, int id, JsonValue edit) {
        client.edit(id, edit);
        if (Calls.string(edit, "on").equals("counter")
                && Calls.argument(Calls.argument(edit, "op"), "n") instanceof JsonNumber amount) {
            counted += amount.value();
        }
    }

    private void enter(int number) {
        if (!clients.containsKey(number)) {
            clients.put(number, load("c" + number));
        }
    }

    private MixedClient load(String name) {
        LoopbackLink link = service.link();
        Box<Container> loaded = new Box<>(name);
        Container.load(services(link), created.value(), schema, loaded);
        for (int i = 0; i < ENOUGH_DELIVERIES && !loaded.told(); i++) {
            timers.advance(0);
            service.stepAny();
        }
        return new MixedClient(name, link, loaded.value());
    }

    private void deliver(int count) {
        timers.advance(0);
        for (int i = 0; i < count; i++) {
            service.stepAny();
        }
    }

    private ContainerServices services(LoopbackLink link) {
        return new ContainerServices(link, timers, ids, TYPES, OPTIONS, ContainerServices.WRITER);
    }

    private void on(int number, Action action) {
        MixedClient client = clients.get(number);
        if (client != null) {
            action.on(client);
        }
    }

    private MixedClient client(int number) {
        MixedClient client = clients.get(number);
        if (client == null) {
            throw new IllegalArgumentException("there is no client " + number);
        }
        return client;
    }

    private interface Action {
        void on(MixedClient client);
    }
}
