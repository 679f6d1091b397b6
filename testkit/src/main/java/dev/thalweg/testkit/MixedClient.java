package dev.thalweg.testkit;

import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One container of a script, and the structures in it. */
final class MixedClient {
    private final String name;
    private final LoopbackLink link;
    private final Container container;
    private final Map<String, Part<?>> parts = new LinkedHashMap<>();
    private @Nullable String trouble;
    private boolean hungUp;

    MixedClient(String name, LoopbackLink link, Container container) {
        this.name = name;
        this.link = link;
        this.container = container;
        for (StructureModel<?> model : Models.all()) {
            parts.put(model.name(), part(model, container));
        }
        container.subscribe(this::hear);
    }

    private static <C extends SharedObject<?, ?>> Part<C> part(StructureModel<C> model, Container container) {
        return new Part<>(model, container.object(model.name(), model.type()));
    }

    LoopbackLink link() {
        return link;
    }

    Container container() {
        return container;
    }

    /** Whether it has neither been cut off nor hung up. */
    boolean reachable() {
        return !link.isCut() && !hungUp;
    }

    Part<?> part(String structure) {
        Part<?> part = parts.get(structure);
        if (part == null) {
            throw new IllegalArgumentException("there is no structure " + structure);
        }
        return part;
    }

    /** Makes a call. @param id numbers it, 0 for one that will be taken back */
    void edit(int id, JsonValue edit) {
        part(Calls.string(edit, "on")).call(id, Calls.argument(edit, "op"));
    }

    /** Goes. @param cut because the link breaks, or on purpose */
    void leave(boolean cut) {
        if (cut) {
            link.cut();
        } else {
            hungUp = true;
            container.disconnect();
        }
    }

    void comeBack() {
        link.restore();
        hungUp = false;
        container.connect();
    }

    /** Makes a transaction that fails, and looks whether anything is left of it. */
    void takeBack(List<JsonValue> edits) {
        container.flush();
        Map<String, List<JsonValue>> calls = new LinkedHashMap<>();
        for (JsonValue edit : edits) {
            calls.computeIfAbsent(Calls.string(edit, "on"), key -> new ArrayList<>()).add(Calls.argument(edit, "op"));
        }
        Map<String, String> before = restored(calls);
        int pending = container.pendingCount();
        IllegalArgumentException failure = new IllegalArgumentException("the transaction fails");
        try {
            container.runTransaction(() -> {
                edits.forEach(edit -> edit(0, edit));
                throw failure;
            });
        } catch (IllegalArgumentException e) {
            if (e != failure) {
                throw e;
            }
        }
        Map<String, String> after = restored(calls);
        require(after.equals(before), "a transaction that failed turned " + before + " into " + after);
        require(container.pendingCount() == pending, "a transaction that failed left operations");
    }

    private Map<String, String> restored(Map<String, List<JsonValue>> calls) {
        Map<String, String> states = new LinkedHashMap<>();
        for (Part<?> part : parts.values()) {
            states.put(part.model.name(), part.restored(calls.getOrDefault(part.model.name(), List.of())));
        }
        return states;
    }

    /** What all readers of it see. */
    JsonObject states() {
        JsonObject.Builder states = JsonObject.builder();
        parts.forEach((key, part) -> states.put(key, part.state()));
        return states.build();
    }

    /** Throws an {@link IllegalStateException} when something happened that no script can be the reason of. */
    void requireWell() {
        String happened = trouble;
        if (happened != null) {
            throw new IllegalStateException(name + ": " + happened);
        }
    }

    /** Looks whether everything is what the oracles make of the log. */
    void verify(MixedLog log) {
        parts.values().forEach(part -> part.verify(log));
    }

    /** Compares everything with another client, when all is delivered. */
    void verify(MixedClient first) {
        requireWell();
        require(container.pendingCount() == 0 && !container.dirty(), "has operations pending after all was delivered");
        require(container.sequenceNumber() == first.container.sequenceNumber(), "is at message "
                + container.sequenceNumber() + ", the first is at " + first.container.sequenceNumber());
        for (Part<?> part : parts.values()) {
            part.verify(name + ", " + part.model.name(), first.part(part.model.name()));
        }
    }

    private void hear(ContainerEvent event) {
        if (trouble != null) {
            return;
        }
        if (event instanceof ContainerEvent.ListenerFailed failed) {
            trouble = "a listener failed: " + failed.failure();
        } else if (event instanceof ContainerEvent.OperationUnreadable message) {
            trouble = "message " + message.sequenceNumber() + " cannot be read: " + message.reason();
        } else if (event instanceof ContainerEvent.ChannelQuarantined channel) {
            trouble = channel.channelId() + " is quarantined at " + channel.sequenceNumber() + ": " + channel.reason();
        } else if (event instanceof ContainerEvent.Closed closed) {
            trouble = "closed: " + closed.failure().message();
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(name + ": " + otherwise);
        }
    }

    /** One structure of a client. */
    static final class Part<C extends SharedObject<?, ?>> {
        private final StructureModel<C> model;
        private final C channel;
        private final Caller caller;
        private final @Nullable Follower follower;

        Part(StructureModel<C> model, C channel) {
            this.model = model;
            this.channel = channel;
            this.caller = model.caller(channel, Answers.none());
            this.follower = model.follow(channel);
        }

        JsonValue generate(Rng rng) {
            return model.generate(rng, channel);
        }

        void call(int id, JsonValue call) {
            caller.call(id, call);
            check();
        }

        JsonValue state() {
            return model.state(channel);
        }

        String restored(List<JsonValue> calls) {
            return model.restored(state(), calls).toJson();
        }

        void verify(MixedLog log) {
            Convergence.expected(model, log.operations(channel.id()), log.line(channel.id()), state());
        }

        void verify(String who, Part<?> first) {
            check();
            // The same model made both.
            @SuppressWarnings("unchecked")
            C reference = (C) first.channel;
            Convergence.same(model, who, channel, model.state(reference), reference);
        }

        private void check() {
            channel.check();
            if (follower != null) {
                follower.check();
            }
        }
    }
}
