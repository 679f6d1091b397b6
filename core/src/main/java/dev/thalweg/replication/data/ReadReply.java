package dev.thalweg.replication.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read found: all that the nodes that were asked have, joined.
 *
 * @param <S> the lattice
 */
public sealed interface ReadReply<S> {
    /** What is there, or null when the key is not there or was deleted. */
    @Nullable
    S state();

    /** As many nodes answered as were asked for. */
    record Read<S>(@Nullable S state) implements ReadReply<S> {}

    /** Too few answered in time; what did come is here all the same. @param missing who did not answer, sorted */
    record TimedOut<S>(@Nullable S state, List<String> missing) implements ReadReply<S> {}
}
