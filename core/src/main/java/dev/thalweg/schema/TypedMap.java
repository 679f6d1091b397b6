package dev.thalweg.schema;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.OrMapMode;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys with values of one type, over a map, a directory, or the registers of an OR-map. The structure stays the
 * document's: others may write values of any shape to it, and events come from there.
 *
 * @param <T> the values
 */
public final class TypedMap<T> {
    private final Keyed under;
    private final Codec<T> codec;

    private TypedMap(Keyed under, Codec<T> codec) {
        this.under = under;
        this.codec = codec;
    }

    /** What structures with keys have in common. */
    private record Keyed(Function<String, @Nullable JsonValue> get, BiConsumer<String, JsonValue> set,
            Predicate<String> delete, Supplier<List<String>> keys) {}

    /** The values of a map. */
    public static <T> TypedMap<T> over(SharedMap map, Codec<T> codec) {
        return new TypedMap<>(new Keyed(map::get, map::set, map::delete, map::keys), codec);
    }

    /** The values of one directory, without its subdirectories. */
    public static <T> TypedMap<T> over(Directory directory, Codec<T> codec) {
        return new TypedMap<>(new Keyed(directory::get, directory::set, directory::delete, directory::keys), codec);
    }

    /** The registers of an OR-map. @throws IllegalArgumentException when its rows are tallies */
    public static <T> TypedMap<T> over(SharedOrMap map, Codec<T> codec) {
        if (map.mode() != OrMapMode.REGISTER) {
            throw new IllegalArgumentException("channel " + map.id() + " is a map of tallies");
        }
        return new TypedMap<>(new Keyed(map::register, map::set, map::remove, map::keys), codec);
    }

    /** What a key has. */
    public Reading<T> get(String key) {
        return codec.read(under.get.apply(key));
    }

    /**
     * Gives a key a value.
     *
     * @throws IllegalArgumentException when the codec has no form for it
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void set(String key, T value) {
        under.set.accept(key, codec.encode(value));
    }

    /** Takes a key out, as the structure does it. @return whether something was done */
    public boolean delete(String key) {
        return under.delete.test(key);
    }

    /** The keys that have a value, of whatever shape; a copy. */
    public List<String> keys() {
        return under.keys.get();
    }

    /** Visits what there is, of whatever shape. The visitor may change the structure. */
    public void forEach(BiConsumer<? super String, ? super Reading<T>> visitor) {
        for (String key : under.keys.get()) {
            visitor.accept(key, get(key));
        }
    }
}
