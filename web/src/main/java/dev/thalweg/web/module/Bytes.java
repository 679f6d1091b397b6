package dev.thalweg.web.module;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** Bytes on their way between JavaScript and Java. */
final class Bytes {
    private Bytes() {}

    /** Bytes from JavaScript; a copy. */
    static byte[] in(JSObject value, String what) {
        if (!isBytes(value)) {
            throw new IllegalArgumentException(what + " must be a Uint8Array");
        }
        return signed(value).copyToJavaArray();
    }

    /** Bytes for JavaScript; a copy. */
    static JSObject out(byte[] bytes) {
        return unsigned(Int8Array.copyFromJavaArray(bytes));
    }

    @JSBody(params = "value", script = "return value instanceof Uint8Array;")
    private static native boolean isBytes(JSObject value);

    @JSBody(params = "bytes", script = "return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);")
    private static native Int8Array signed(JSObject bytes);

    /* A copy, too: a small array has no buffer until somebody asks for it, and to make one takes longer. */
    @JSBody(params = "bytes", script = "return new Uint8Array(bytes);")
    private static native JSObject unsigned(Int8Array bytes);
}
