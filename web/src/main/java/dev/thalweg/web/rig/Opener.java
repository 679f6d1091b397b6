package dev.thalweg.web.rig;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.ChannelType;
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

    /** Makes a document with the first replica, and has the others load it. */
    void create(Venue at) {
        List<Replica> replicas = rig.replicas();
        Replica first = replicas.get(0);
        Container container = Container.create(services(at, first), schema(Sheets.all()));
        adopt(first, container);
        first.boards().forEach(Board::seed);
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
        Container.load(services(at, replica), rig.documentId(), schema(Sheets.common()), new Outcome<>() {
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
        return services(at, user, new Link(platform.timers(), platform.ids()), LinkObserver.NONE);
    }

    private ContainerServices services(Venue at, Replica replica) {
        return services(at, replica.name(), replica.link(), witness.watch(replica));
    }

    private ContainerServices services(Venue at, String user, Link link, LinkObserver observer) {
        List<ChannelType<?>> types = new ArrayList<>();
        for (Sheet<?> each : Sheets.all()) {
            types.add(each.type());
        }
        return new ContainerServices(at.service(user, link, observer), platform.timers(), platform.ids(),
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
