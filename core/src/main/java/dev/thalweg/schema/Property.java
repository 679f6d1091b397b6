package dev.thalweg.schema;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.map.SharedMap;

/**
 * One key whose value has a type, for maps and directories whose keys differ in theirs: {@code TITLE.get(map)}.
 *
 * @param name  the key
 * @param codec of its value
 * @param <T>   its type
 */
public record Property<T>(String name, Codec<T> codec) {
    /** What a map has there. */
    public Reading<T> get(SharedMap map) {
        return codec.read(map.get(name));
    }

    /** What a directory has there. */
    public Reading<T> get(Directory directory) {
        return codec.read(directory.get(name));
    }

    /** Writes it. @throws IllegalArgumentException when the codec has no form for the value */
    public void set(SharedMap map, T value) {
        map.set(name, codec.encode(value));
    }

    /** Writes it. @throws IllegalArgumentException when the codec has no form for the value */
    public void set(Directory directory, T value) {
        directory.set(name, codec.encode(value));
    }
}
