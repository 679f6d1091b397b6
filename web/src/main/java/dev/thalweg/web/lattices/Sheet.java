package dev.thalweg.web.lattices;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.platform.Timers;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** One kind of lattice with its replicas, its network and its drawing. */
final class Sheet<S extends Lattice<S>> {
    private final Timers timers;
    private final El place;
    private final El status;
    private final Network network;
    private final Drawing drawing = new Drawing();
    private final El[] values = new El[World.REPLICAS];
    private final El[] cards = new El[World.REPLICAS];
    private final El messages = El.of("ul", "messages");
    private final World<S> world;
    private boolean closed;

    /** What the reader has made of the network. It stays when another kind is looked at. */
    static final class Network {
        /** Until a message arrives, ms; negative for never by itself. */
        double delay;
        boolean duplicates;
        final boolean[] cut = new boolean[World.REPLICAS];
    }

    /** @param place what tests read the state off */
    Sheet(Kind<S> kind, Network network, Timers timers, El place, El status) {
        this.world = new World<>(kind);
        this.network = network;
        this.timers = timers;
        this.place = place;
        this.status = status;
        for (int link = 0; link < World.REPLICAS; link++) {
            world.cut(link, network.cut[link]);
        }
        world.duplicate(network.duplicates);
    }

    /** What stands in the sheet. */
    List<El> parts() {
        El replicas = El.of("div", "replicas");
        for (int i = 0; i < World.REPLICAS; i++) {
            replicas.add(replica(i));
        }
        El flying = El.of("div", "flying", El.of("h3", "").text("On the way"), messages);
        El frame = El.of("div", "drawing-frame", drawing.el()).attr("tabindex", "0").attr("role", "group")
                .attr("aria-label", "Hasse diagram of the states reached");
        return List.of(El.of("p", "rule").text(world.kind().rule()), replicas, flying, frame);
    }

    private El replica(int index) {
        String name = World.name(index);
        values[index] = El.of("output", "value").attr("aria-label", "Value at replica " + name);
        El deeds = El.of("div", "deeds");
        for (Kind.Deed<S> deed : world.kind().deeds()) {
            deeds.add(El.button(deed.label(), () -> {
                send(world.act(index, deed));
                show();
            }).attr("data-action", deed.action()));
        }
        cards[index] = El.of("section", "replica", El.of("h3", "").text("Replica " + name), values[index], deeds)
                .attr("data-replica", String.valueOf((char) ('a' + index))).attr("aria-label", "Replica " + name);
        return cards[index];
    }

    void cut(int link, boolean on) {
        network.cut[link] = on;
        send(world.cut(link, on));
        show();
    }

    void duplicate(boolean on) {
        network.duplicates = on;
        world.duplicate(on);
    }

    /** Lets everything arrive that is on its way. */
    void deliverAll() {
        while (!world.flying().isEmpty()) {
            world.deliver(world.flying().get(0).number());
        }
        show();
    }

    private void send(List<World.Message<S>> sent) {
        double delay = network.delay;
        for (World.Message<S> message : sent) {
            if (delay == 0) {
                world.deliver(message.number());
            } else if (delay > 0) {
                timers.schedule(delay, () -> {
                    world.deliver(message.number());
                    show();
                });
            }
        }
    }

    /** Shows nothing more: another sheet has taken its place. */
    void close() {
        closed = true;
    }

    /** Shows everything as it is now. */
    void show() {
        if (closed) {
            return;
        }
        for (int i = 0; i < World.REPLICAS; i++) {
            String value = world.kind().say().apply(world.state(i));
            values[i].text(value);
            cards[i].attr("data-value", value);
        }
        List<El> rows = new ArrayList<>();
        for (World.Message<S> message : world.flying()) {
            String way = World.name(message.from()) + " → " + World.name(message.to()) + ": " + message.label();
            rows.add(El.of("li", "", El.button(way, () -> {
                world.deliver(message.number());
                show();
                messages.focus();
            }).attr("data-message", message.number())));
        }
        messages.only(rows).attr("tabindex", "-1");
        drawing.show(world);
        boolean alike = world.isAlike();
        place.attr("data-state", alike ? "alike" : "apart").attr("data-states", world.reached().size())
                .attr("data-flying", world.flying().size());
        status.text((alike ? "All replicas are in one state." : "The replicas are in different states.") + " "
                + counted(world.flying().size(), " message") + " on the way, " + world.lost() + " lost. "
                + counted(world.reached().size(), " state") + (world.reached().isWhole() ? " reached." : " drawn."));
    }

    private static String counted(int count, String what) {
        return count + what + (count == 1 ? "" : "s");
    }
}
