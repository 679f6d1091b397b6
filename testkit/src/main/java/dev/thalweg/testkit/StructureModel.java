package dev.thalweg.testkit;

import dev.thalweg.dds.Absorbing;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the players need to know of a structure: how to edit it, what to look at, and what it must come to.
 *
 * @param <C> the handle applications hold
 */
public interface StructureModel<C extends SharedObject<?, ?>> {
    /** The structure's name in corpora, replay files and on the command line. */
    String name();

    /** How its channels are made. */
    ChannelType<C> type();

    /**
     * Makes up a call, as it stands in a script: an object whose {@code m} names the verb.
     *
     * @param channel what it will be made on, to aim at what is there
     */
    JsonValue generate(Rng rng, C channel);

    /**
     * Makes a call. One that makes no sense any more, because a shortened script lacks what it refers to, does nothing.
     *
     * @return what the call returned, or null when that is not worth comparing
     */
    @Nullable
    JsonValue perform(C channel, JsonValue call);

    /**
     * Somebody who makes calls on a channel all through a script. For structures of which calls are answered later, or
     * refer to earlier ones.
     *
     * @param answers hears what comes of a call later
     */
    default Caller caller(C channel, Answers answers) {
        return (id, call) -> perform(channel, call);
    }

    /** What a reader sees. Equal on all replicas once everything has been sequenced and received. */
    JsonValue state(C channel);

    /** An event as corpora spell it: an array of its name and arguments. */
    JsonValue event(ChannelEvent event);

    /** The same, for structures of which one event is several in corpora, or none. */
    default List<JsonValue> events(ChannelEvent event) {
        return List.of(event(event));
    }

    /** The events of a step without those that the reference repeats and we do not; all of them unless it does. */
    default JsonValue toldOnce(JsonArray events) {
        return events;
    }

    /**
     * What the state must be when these operations, and nothing else, have been sequenced: worked out in a way too
     * simple to be wrong, without the structure's own code.
     *
     * @return the state, or null when there is no such way
     */
    default @Nullable JsonValue expected(List<LogOperation> log) {
        return null;
    }

    /**
     * The same for structures to which it matters who comes and goes.
     *
     * @param line everything that has been sequenced, joins and leaves too, as corpora spell it
     */
    default @Nullable JsonValue expectedOfLine(JsonArray line) {
        return null;
    }

    /** A corpus entry with the ids our clients give in place of those that the reference drew at random. */
    default JsonObject recorded(JsonObject record) throws ProtocolException {
        return record;
    }

    /**
     * Starts to follow a channel by its events.
     *
     * @return who follows, or null when events of this structure do not tell enough
     */
    default @Nullable Follower follow(C channel) {
        return null;
    }

    /**
     * An operation is delivered to a replica that has had it already. The players do not let it through to the channel;
     * a structure that absorbs what comes twice is given it here, and must not change.
     */
    default void redeliver(C channel, JsonValue contents) {
        if (channel instanceof Absorbing absorbing) {
            try {
                if (absorbing.absorb(contents)) {
                    throw new IllegalStateException("took a second time " + contents.toJson());
                }
            } catch (ProtocolException e) {
                throw new IllegalStateException("cannot read a second time " + contents.toJson(), e);
            }
        }
    }

    /**
     * What of a state must be the same on all replicas once all is delivered, however they came to it; all of it unless
     * the structure says otherwise.
     */
    default JsonValue settled(JsonValue state) {
        return state;
    }

    /**
     * What of a state must be as it was before calls were made and taken back; all of it unless the structure says
     * otherwise.
     *
     * @param state before or after
     * @param calls what was made and taken back
     */
    default JsonValue restored(JsonValue state, List<JsonValue> calls) {
        return state;
    }

    /**
     * What of a state is the document's, and not of this one client: only that is alike on all replicas, and is what
     * records say at their end. All of it unless the structure says otherwise.
     */
    default JsonValue shared(JsonValue state) {
        return state;
    }

    /**
     * A step of a record as it must come out here: as it stands, unless Fluid does on its own client something that ours
     * does otherwise on purpose and nobody else sees.
     */
    default JsonObject recordedStep(JsonObject step) {
        return step;
    }

    /** Whether replicas with the same state write the same summary, character for character. */
    default boolean canonicalSummary() {
        return true;
    }
}
