package dev.thalweg.bench.growth;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.testkit.Box;
import java.util.ArrayList;
import java.util.List;

/** Two clients with one document of many maps, over a service in memory. */
final class Document implements Grown {
    /* The keys of each map; few, so that only what is asked about grows. */
    private static final int KEYS = 100;
    private static final String ROOT = "root";
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object(ROOT, SharedMap.TYPE).build();

    private final LoopbackTimers timers = new LoopbackTimers();
    private final LoopbackIds ids = new LoopbackIds(7);
    private final LoopbackService service = new LoopbackService(timers, ids);
    private final List<SharedMap> here = new ArrayList<>();
    private final List<SharedMap> there = new ArrayList<>();

    /** Makes it. @param maps how many @param past how many operations went before */
    Document(int maps, int past) {
        Box<String> id = new Box<>("the creation");
        Container container = Container.create(services(), SCHEMA);
        container.attach(id);
        service.settle();
        Box<Container> other = new Box<>("the other client");
        Container.load(services(), id.value(), SCHEMA, other);
        service.settle();
        here.add(container.object(ROOT, SharedMap.TYPE));
        there.add(other.value().object(ROOT, SharedMap.TYPE));
        for (int i = 1; i < maps; i++) {
            SharedMap map = container.create(SharedMap.TYPE);
            here.getFirst().set("map-" + i, container.handle(map).toJson());
            service.settle();
            here.add(map);
            there.add(other.value().channel(container.path(map), SharedMap.TYPE));
        }
        for (int i = 0; i < past; i++) {
            once(i);
        }
    }

    @Override
    public void once(int i) {
        here.get(i % here.size()).set("key-" + i % KEYS, JsonValue.of(i));
        service.settle();
    }

    @Override
    public void check(int last) {
        JsonValue value = there.get(last % there.size()).get("key-" + last % KEYS);
        if (!JsonValue.of(last).equals(value)) {
            throw new IllegalStateException("after " + last + " the other client has " + value);
        }
    }

    private ContainerServices services() {
        return new ContainerServices(service.link(), timers, ids, ChannelTypes.of(SharedMap.TYPE));
    }
}
