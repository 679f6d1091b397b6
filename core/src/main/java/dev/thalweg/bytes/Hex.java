package dev.thalweg.bytes;

import org.jspecify.annotations.Nullable;

/** Hexadecimal. */
public final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** Two lower-case digits for each byte. */
    public static String encode(byte[] bytes) {
        return encode(bytes, 0, bytes.length);
    }

    /** Two lower-case digits for each byte of a range. */
    public static String encode(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder((to - from) * 2);
        for (int i = from; i < to; i++) {
            out.append(DIGITS.charAt(bytes[i] >> 4 & 15)).append(DIGITS.charAt(bytes[i] & 15));
        }
        return out.toString();
    }

    /** The bytes of pairs of lower-case digits; null when the text is something else. */
    public static byte @Nullable [] decode(String text) {
        if ((text.length() & 1) != 0) {
            return null;
        }
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = DIGITS.indexOf(text.charAt(2 * i));
            int low = DIGITS.indexOf(text.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
