package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Some clients of one document over links that break, what they did in words, and chance. */
final class UndoWorld {
    final Random random;
    final LoopbackService service;
    final List<Seat> seats = new ArrayList<>();
    private final int seed;
    private final LoopbackTimers timers = new LoopbackTimers();
    private final LoopbackIds ids;
    private final StringBuilder script = new StringBuilder();

    /** A client's place. */
    final class Seat {
        final int index;
        final Container container;
        private final LoopbackLink link;

        private Seat(LoopbackLink link, Container container) {
            this.index = seats.size();
            this.link = link;
            this.container = container;
        }

        void cut() {
            if (!link.isCut()) {
                log("cut " + index);
                link.cut();
            }
        }

        void restore() {
            if (link.isCut()) {
                log("restore " + index);
                link.restore();
            }
            service.advance(1_000);
        }
    }

    private UndoWorld(int seed, ContainerSchema schema) {
        this.seed = seed;
        this.random = new Random(seed);
        this.ids = new LoopbackIds(seed);
        this.service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
        LoopbackLink link = service.link();
        Container first = Container.create(services(link), schema);
        Answer<String> id = new Answer<>();
        first.attach(id);
        service.settle();
        seats.add(new Seat(link, first));
        int others = 1 + random.nextInt(2);
        for (int i = 0; i < others; i++) {
            LoopbackLink other = service.link();
            Answer<Container> container = new Answer<>();
            Container.load(services(other), id.get(), schema, container);
            service.settle();
            seats.add(new Seat(other, container.get()));
        }
    }

    /** What is done in a world. */
    interface Body {
        void in(UndoWorld world);
    }

    /** Does it for each seed; what was done stands in the error when something is wrong. */
    static void each(int from, int to, ContainerSchema schema, Body body) {
        for (int seed = from; seed < to; seed++) {
            UndoWorld world = new UndoWorld(seed, schema);
            try {
                body.in(world);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + world.seed + ":\n" + world.script, e);
            }
        }
    }

    void log(String what) {
        script.append(what).append('\n');
    }

    /** Lets some of what is on its way arrive. */
    void deliver() {
        int deliveries = 1 + random.nextInt(4);
        for (int i = 0; i < deliveries; i++) {
            service.stepAny();
        }
    }

    /** Everyone is connected again and has sent and heard everything. */
    void end() {
        seats.forEach(Seat::restore);
        for (int i = 0; i < 10; i++) {
            service.settle();
            service.advance(20_000);
        }
        service.settle();
        for (Seat seat : seats) {
            assertThat(seat.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(seat.container.pendingCount()).isZero();
            assertThat(seat.container.quarantined()).isEmpty();
        }
    }

    private ContainerServices services(LoopbackLink link) {
        return new ContainerServices(link, timers, ids, ChannelTypes.of());
    }
}
