package dev.thalweg.e2e;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonObject;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A replica of the demo's document in this process: the classes that the page runs, on the JVM. */
final class JvmReplica implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;
    /* Of every sheet: the page's digest is over all that its document has. */
    private static final ChannelTypes TYPES = ChannelTypes.of(SharedMap.TYPE, SharedDirectory.TYPE, SharedCell.TYPE,
            SharedCounter.TYPE, ConsensusRegisterCollection.TYPE, ConsensusQueue.TYPE, TaskManager.TYPE, PactMap.TYPE,
            SharedPnCounter.TYPE, SharedOrMap.TYPE, SharedClaims.TYPE, SharedGCounter.TYPE, SharedGSet.TYPE,
            SharedTwoPhaseSet.TYPE, SharedOrSet.TYPE);

    private final ThalwegClient client;
    private final Container container;

    private JvmReplica(ThalwegClient client, Container container) {
        this.client = client;
        this.container = container;
    }

    /** Opens a document that a page has made, and waits for the connection. */
    static JvmReplica open(StubProcess server, String documentId, String name) throws Exception {
        ThalwegClient client = ThalwegClient.at(server.address(""), "tinylicious",
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, name),
                TYPES);
        try {
            ContainerSchema schema = ContainerSchema.builder().object("map", SharedMap.TYPE)
                    .object("counter", SharedCounter.TYPE).object("pn-counter", SharedPnCounter.TYPE)
                    .object("or-map", SharedOrMap.TYPE).object("claims", SharedClaims.TYPE).build();
            Container container = client.getContainer(documentId, schema).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            client.connected(container).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return new JvmReplica(client, container);
        } catch (Exception failure) {
            client.close();
            throw failure;
        }
    }

    /** Edits, and waits until the edit has its place in line. */
    void edit(Consumer<Container> edit) throws Exception {
        client.run(() -> edit.accept(container)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        client.saved(container).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The digest that the page computes of its replicas, computed of this one. */
    String digest() throws Exception {
        return client.call(() -> {
            JsonObject.Builder all = JsonObject.builder();
            container.initialObjects().forEach((key, object) -> all.put(key, object.snapshot()));
            return CanonicalJson.digest(all.build());
        }).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
