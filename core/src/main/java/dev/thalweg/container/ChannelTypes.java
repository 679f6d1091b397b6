package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structures a program knows. Named by the program, one by one, so that what it does not name does not end up in
 * its bundle.
 */
public final class ChannelTypes {
    private final Map<String, ChannelType<?>> types;

    private ChannelTypes(Map<String, ChannelType<?>> types) {
        this.types = types;
    }

    /** These structures. @throws IllegalArgumentException when two have the same URL */
    public static ChannelTypes of(ChannelType<?>... types) {
        Map<String, ChannelType<?>> byUrl = new LinkedHashMap<>();
        for (ChannelType<?> type : types) {
            if (byUrl.put(type.attributes().type(), type) != null) {
                throw new IllegalArgumentException("two channel types for " + type.attributes().type());
            }
        }
        return new ChannelTypes(byUrl);
    }

    /** These and more; one of the same URL stands for the one of these. */
    ChannelTypes and(Iterable<? extends ChannelType<?>> more) {
        Map<String, ChannelType<?>> all = new LinkedHashMap<>();
        more.forEach(type -> all.put(type.attributes().type(), type));
        types.forEach(all::put);
        return new ChannelTypes(all);
    }

    /** The structure of that URL, or null when the program does not know it. */
    @Nullable
    ChannelType<?> find(String url) {
        return types.get(url);
    }
}
