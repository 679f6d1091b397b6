package dev.thalweg.storage;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;
import java.util.Base64;

/** The bytes of a blob and the name git gives them. */
public final class Blobs {
    private Blobs() {}

    /** The text whose UTF-8 is this base64. */
    public static String decodeText(String base64) {
        return Utf8.decode(decode(base64));
    }

    /** The bytes of this base64. @throws IllegalArgumentException when it is not base64 */
    public static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** The same base64, when it is base64. @param what names it in the error */
    static String checked(String base64, String what) throws ProtocolException {
        try {
            decode(base64);
            return base64;
        } catch (IllegalArgumentException malformed) {
            throw new ProtocolException(what + " must be base64: " + malformed.getMessage());
        }
    }

    /** The base64 of these bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The id git gives a blob of these bytes: SHA-1 over {@code blob <length>\0<bytes>}, as the stock client checks. */
    public static String id(byte[] bytes) {
        return GitObject.id("blob", bytes);
    }
}
