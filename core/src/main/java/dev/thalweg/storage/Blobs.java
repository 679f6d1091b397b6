package dev.thalweg.storage;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha1;
import dev.thalweg.bytes.Utf8;
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

    /** The base64 of these bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The id git gives a blob of these bytes: SHA-1 over {@code blob <length>\0<bytes>}, as the stock client checks. */
    public static String id(byte[] bytes) {
        byte[] header = Utf8.encode("blob " + bytes.length + "\0");
        byte[] object = new byte[header.length + bytes.length];
        System.arraycopy(header, 0, object, 0, header.length);
        System.arraycopy(bytes, 0, object, header.length, bytes.length);
        return Hex.encode(Sha1.digest(object));
    }
}
