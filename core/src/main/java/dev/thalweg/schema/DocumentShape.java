package dev.thalweg.schema;

import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import java.util.function.Function;

/**
 * The initial objects of a document and the types of what they hold, declared once, in one place:
 *
 * <pre>{@code
 * final class Board {
 *     static final DocumentShape SHAPE = new DocumentShape();
 *     static final DocumentShape.Part<TypedMap<Note>> NOTES = SHAPE.map("notes", Note.CODEC);
 *     static final DocumentShape.Part<SharedCounter> VOTES = SHAPE.object("votes", SharedCounter.TYPE);
 * }
 * }</pre>
 *
 * <p>Then {@code Board.SHAPE.containerSchema()} creates or loads a container, and {@code Board.NOTES.in(container)} is
 * what is in it.
 */
public final class DocumentShape {
    private final ContainerSchema.Builder schema = ContainerSchema.builder();

    /** An initial object. @param <T> as a program uses it */
    public static final class Part<T> {
        private final Function<Container, T> find;

        private Part(Function<Container, T> find) {
            this.find = find;
        }

        /**
         * The one in a container.
         *
         * @throws IllegalArgumentException when the container has none under that key, or one of another structure
         */
        public T in(Container container) {
            return find.apply(container);
        }
    }

    /** An initial object as it is. @throws IllegalArgumentException when the key is taken, here and in all others */
    public <C extends SharedObject<?, ?>> Part<C> object(String key, ChannelType<C> type) {
        schema.object(key, type);
        return new Part<>(container -> container.object(key, type));
    }

    /** A map whose values are of one type. */
    public <T> Part<TypedMap<T>> map(String key, Codec<T> codec) {
        return part(object(key, SharedMap.TYPE), map -> TypedMap.over(map, codec));
    }

    /** A directory whose own values are of one type. */
    public <T> Part<TypedMap<T>> directory(String key, Codec<T> codec) {
        return part(object(key, SharedDirectory.TYPE), root -> TypedMap.over(root, codec));
    }

    /** An OR-map whose registers are of one type. */
    public <T> Part<TypedMap<T>> registers(String key, Codec<T> codec) {
        return part(object(key, SharedOrMap.REGISTER), map -> TypedMap.over(map, codec));
    }

    /** A cell whose value is of one type. */
    public <T> Part<TypedCell<T>> cell(String key, Codec<T> codec) {
        return part(object(key, SharedCell.TYPE), cell -> TypedCell.over(cell, codec));
    }

    /** The initial objects declared so far. */
    public ContainerSchema containerSchema() {
        return schema.build();
    }

    private static <C, T> Part<T> part(Part<C> under, Function<C, T> typed) {
        return new Part<>(container -> typed.apply(under.in(container)));
    }
}
