package dev.thalweg.server.session;

import dev.thalweg.bytes.Utf8;
import java.nio.charset.StandardCharsets;

/** A text frame, encoded once and written to any number of sockets. */
public final class Frame {
    private final byte[] bytes;

    /** Encodes a text. */
    public Frame(String text) {
        // The platform's encoder is several times faster and differs for lone surrogates only, of which a text that came
        // through a WebSocket or out of the JSON writer has none.
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /** The UTF-8 of the text; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return Utf8.decode(bytes);
    }
}
