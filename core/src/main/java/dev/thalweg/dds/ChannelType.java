package dev.thalweg.dds;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;

/**
 * How to make the channels of one structure. One constant per structure, named {@code TYPE} on its handle class.
 *
 * @param <C> the handle applications hold
 */
public interface ChannelType<C extends SharedObject<?, ?>> {
    /** What goes into {@code .attributes}. */
    ChannelAttributes attributes();

    /**
     * An empty channel.
     *
     * @param id      the channel's address in its data store
     * @param replica an id no other replica has: the author of what this one writes, for the structures that are
     *                lattices
     */
    C create(String id, String replica);

    /** A channel as a summary has it. */
    C load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException;
}
