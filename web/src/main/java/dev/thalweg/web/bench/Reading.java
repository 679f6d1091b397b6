package dev.thalweg.web.bench;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.web.size.Opened;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** Reads a document with a map, for {@code ./dev bench catchup}. */
public final class Reading {
    private static final String MAP = "map";

    private static @Nullable Opened opened;

    private Reading() {}

    /** Nothing happens until a document is opened. */
    public static void main(String[] arguments) {}

    /** Begins to read. */
    @JSExport
    public static void open(String url, String tenant, String token, String documentId) {
        opened = new Opened(url, tenant, token, ChannelTypes.of(SharedMap.TYPE),
                ContainerSchema.builder().object(MAP, SharedMap.TYPE).build());
        opened.load(documentId);
    }

    /** The sequence number that was reached, or -1 while there is nothing. */
    @JSExport
    public static int reached() {
        Container container = container();
        return container == null ? -1 : container.sequenceNumber();
    }

    /** How many keys the map has, or -1 while there is nothing. */
    @JSExport
    public static int keys() {
        Container container = container();
        return container == null ? -1 : container.object(MAP, SharedMap.TYPE).size();
    }

    /** What went wrong, or nothing. */
    @JSExport
    public static String failure() {
        return opened == null ? "" : opened.said();
    }

    private static @Nullable Container container() {
        return opened == null ? null : opened.found();
    }
}
