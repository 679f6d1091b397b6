package dev.thalweg.web.module;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.OrMapMode;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.tasks.TaskManager;
import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import java.util.HashMap;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The structures of this module: all there are, since nothing that is compiled into it can be shaken out later. */
final class Structures {
    private static final ChannelType<?>[] ALL = {SharedMap.TYPE, SharedDirectory.TYPE, SharedCell.TYPE,
        SharedCounter.TYPE, ConsensusRegisterCollection.TYPE, ConsensusQueue.TYPE, TaskManager.TYPE, PactMap.TYPE,
        SharedClaims.TYPE, SharedPnCounter.TYPE, SharedGCounter.TYPE, SharedGSet.TYPE, SharedTwoPhaseSet.TYPE,
        SharedOrSet.TYPE, SharedOrMap.TALLY, SharedOrMap.REGISTER};

    private Structures() {}

    /** All of them. */
    static ChannelTypes types() {
        return ChannelTypes.of(ALL);
    }

    /** The structure that a class of this module stands for. */
    static ChannelType<?> find(JSObject structure) {
        String url = url(structure);
        for (ChannelType<?> type : ALL) {
            if (type.attributes().type().equals(url)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "a structure must be one of this module's classes, for example SharedMap, was " + url);
    }

    /** What a schema names: the structures, and those whose values have a shape. */
    record Schema(ContainerSchema structures, Map<String, JsTypedStructure> typed) {}

    /** The initial objects that {@code { initialObjects: { key: SharedMap } }} names. */
    static Schema schema(JSObject schema) {
        JSObject objects = Js.member(schema, "initialObjects");
        if (Js.missing(objects)) {
            throw new IllegalArgumentException("a schema has initialObjects");
        }
        ContainerSchema.Builder builder = ContainerSchema.builder();
        Map<String, JsTypedStructure> typed = new HashMap<>();
        for (String key : Js.names(objects)) {
            if (Js.javaMember(objects, key) instanceof JsTypedStructure structure) {
                typed.put(key, structure);
                builder.object(key, structure.type());
            } else {
                builder.object(key, find(Js.member(objects, key)));
            }
        }
        return new Schema(builder.build(), typed);
    }

    /** What stands for an object in JavaScript. */
    static JsChannel<?> wrap(JsContainer container, SharedObject<?, ?> object) {
        if (object instanceof SharedMap map) {
            return new JsMap(container, map);
        }
        if (object instanceof SharedDirectory directory) {
            return new JsSharedDirectory(container, directory);
        }
        if (object instanceof SharedCell cell) {
            return new JsCell(container, cell);
        }
        if (object instanceof SharedCounter counter) {
            return new JsCounter(container, counter);
        }
        if (object instanceof ConsensusRegisterCollection registers) {
            return new JsRegisters(container, registers);
        }
        if (object instanceof ConsensusQueue queue) {
            return new JsQueue(container, queue);
        }
        if (object instanceof TaskManager tasks) {
            return new JsTasks(container, tasks);
        }
        if (object instanceof PactMap pacts) {
            return new JsPacts(container, pacts);
        }
        if (object instanceof SharedClaims claims) {
            return new JsClaims(container, claims);
        }
        if (object instanceof SharedPnCounter counter) {
            return new JsPnCounter(container, counter);
        }
        if (object instanceof SharedGCounter counter) {
            return new JsGCounter(container, counter);
        }
        if (object instanceof SharedGSet set) {
            return new JsGSet(container, set);
        }
        if (object instanceof SharedTwoPhaseSet set) {
            return new JsTwoPhaseSet(container, set);
        }
        if (object instanceof SharedOrSet set) {
            return new JsOrSet(container, set);
        }
        if (object instanceof SharedOrMap map) {
            return map.mode() == OrMapMode.TALLY
                    ? new JsTallyMap(container, map)
                    : new JsRegisterMap(container, map);
        }
        throw new IllegalStateException("no class for structure " + object.type().attributes().type());
    }

    @JSBody(params = "structure", script = """
            return typeof structure === 'function' && typeof structure.type === 'function'
                ? String(structure.type()) : String(structure);""")
    private static native String url(JSObject structure);
}
