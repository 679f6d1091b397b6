package dev.thalweg.web.rig;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Sheet;
import dev.thalweg.web.sheet.Sheets;
import java.util.ArrayList;
import java.util.List;

/** Makes the document, or loads it, and gives each replica its container. */
final class Opener {
    private final Rig rig;
    private final Platform platform;
    private final Witness witness;
    private final SoughtService sought = new SoughtService();
    private List<Board<?>> bare = List.of();
    private boolean stopped;

    Opener(Rig rig, Platform platform, Witness witness) {
        this.rig = rig;
        this.platform = platform;
        this.witness = witness;
    }

    /** What comes from now on is not wanted any more. */
    void stop() {
        stopped = true;
    }

    /**
     * Makes a document with the first replica. It can be read and edited from now on, wherever it is going to live: its
     * rows do not wait for a service to answer, nor the sheet that is shown for the others' beginnings.
     */
    void draft() {
        Replica first = rig.replicas().get(0);
        adopt(first, Container.create(services(sought), schema(Sheets.all())));
        bare = new ArrayList<>(first.boards());
        Board<?> shown = first.board(rig.sheet());
        if (shown != null) {
            bare.removeIf(board -> board == shown);
            shown.seed();
        }
        platform.timers().schedule(0, this::seed);
    }

    /** Writes the beginnings of those sheets of a new document that have none yet. */
    void seed() {
        List<Board<?>> boards = bare;
        bare = List.of();
        boards.forEach(Board::seed);
    }

    /** Gives the document to a service, and has the other replicas load it. */
    void create(Venue at) {
        List<Replica> replicas = rig.replicas();
        Replica first = replicas.get(0);
        Container container = first.container();
        if (container == null) {
            throw new IllegalStateException("there is no document to create");
        }
        seed();
        sought.found(service(at, first));
        container.attach(new Outcome<>() {
            @Override
            public void succeeded(String id) {
                if (!stopped) {
                    rig.opened(id);
                    replicas.subList(1, replicas.size()).forEach(replica -> load(at, replica));
                }
            }

            @Override
            public void failed(Failure failure) {
                rig.say("The document could not be created: " + failure.message());
            }
        });
    }

    /** Has a replica load the document. */
    void load(Venue at, Replica replica) {
        Container.load(services(service(at, replica)), rig.documentId(), schema(Sheets.common()), new Outcome<>() {
            @Override
            public void succeeded(Container container) {
                if (stopped) {
                    container.dispose();
                    return;
                }
                rig.log().atLeast(container.sequenceNumber());
                adopt(replica, container);
                rig.changed();
            }

            @Override
            public void failed(Failure failure) {
                rig.say(replica.name() + " could not load the document: " + failure.message());
            }
        });
    }

    /** What somebody needs who is none of the rig's clients and whose link nobody watches. */
    ContainerServices services(Venue at, String user) {
        return services(at.service(user, new Link(platform.timers(), platform.ids()), LinkObserver.NONE));
    }

    private ServiceFactory service(Venue at, Replica replica) {
        return at.service(replica.name(), replica.link(), witness.watch(replica));
    }

    private ContainerServices services(ServiceFactory service) {
        List<ChannelType<?>> types = new ArrayList<>();
        for (Sheet<?> each : Sheets.all()) {
            types.add(each.type());
        }
        return new ContainerServices(service, platform.timers(), platform.ids(),
                ChannelTypes.of(types.toArray(new ChannelType<?>[0])));
    }

    private void adopt(Replica replica, Container container) {
        replica.use(container);
        witness.attend(replica, container);
        rig.leaveAbsentSheet(replica);
    }

    private static ContainerSchema schema(List<Sheet<?>> sheets) {
        ContainerSchema.Builder builder = ContainerSchema.builder();
        for (Sheet<?> each : sheets) {
            builder.object(each.id(), each.type());
        }
        return builder.build();
    }
}
