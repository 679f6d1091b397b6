package dev.thalweg.web.module;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.schema.Codec;

/** A structure in a schema whose values have a shape. */
final class JsTypedStructure {
    private final ChannelType<?> type;
    private final Codec<JsonValue> codec;

    JsTypedStructure(ChannelType<?> type, Codec<JsonValue> codec) {
        if (type != SharedMap.TYPE && type != SharedDirectory.TYPE && type != SharedOrMap.REGISTER
                && type != SharedCell.TYPE) {
            throw new IllegalArgumentException(
                    "only SharedMap, SharedDirectory, SharedRegisterMap and SharedCell hold values of any shape, not "
                            + type.attributes().type());
        }
        this.type = type;
        this.codec = codec;
    }

    ChannelType<?> type() {
        return type;
    }

    /** The structure as a program uses it. */
    Object over(JsChannel<?> channel) {
        return channel instanceof JsCell cell ? new JsTypedCell(cell, codec) : new JsTypedMap(channel, codec);
    }
}
