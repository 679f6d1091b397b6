package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The initial objects of a document: the channels it is created with, each under a key that never changes. */
public final class ContainerSchema {
    private final Map<String, ChannelType<?>> objects;

    private ContainerSchema(Map<String, ChannelType<?>> objects) {
        this.objects = objects;
    }

    /** Starts a schema. */
    public static Builder builder() {
        return new Builder();
    }

    /** The initial objects by key, in order. */
    Map<String, ChannelType<?>> objects() {
        return objects;
    }

    /** Collects initial objects. */
    public static final class Builder {
        private final Map<String, ChannelType<?>> objects = new LinkedHashMap<>();

        private Builder() {}

        /** Adds an initial object. @throws IllegalArgumentException when the key is taken */
        public Builder object(String key, ChannelType<?> type) {
            if (objects.put(key, type) != null) {
                throw new IllegalArgumentException("two initial objects under the key " + key);
            }
            return this;
        }

        /** The schema. */
        public ContainerSchema build() {
            return new ContainerSchema(new LinkedHashMap<>(objects));
        }
    }
}
