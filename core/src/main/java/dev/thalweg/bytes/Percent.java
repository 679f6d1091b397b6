package dev.thalweg.bytes;

import org.jspecify.annotations.Nullable;

/** Percent-encoding of text for a part of a URL or for a name in a stored tree, as JavaScript's encodeURIComponent. */
public final class Percent {
    private static final String KEPT = "-_.!~*'()";
    private static final String DIGITS = "0123456789ABCDEF";

    private Percent() {}

    /** Letters, digits and {@code -_.!~*'()} stay; every other character becomes the bytes of its UTF-8. */
    public static String encode(String text) {
        int plain = 0;
        while (plain < text.length() && isKept(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : Utf8.encode(text)) {
            char c = (char) (b & 0xFF);
            if (isKept(c)) {
                out.append(c);
            } else {
                out.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 15));
            }
        }
        return out.toString();
    }

    /** The text that was encoded; null when a percent sign is not followed by two hexadecimal digits. */
    public static @Nullable String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = Utf8.encode(text);
        byte[] bytes = new byte[encoded.length];
        int length = 0;
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes[length++] = encoded[i];
                continue;
            }
            int high = i + 2 < encoded.length ? digit(encoded[i + 1]) : -1;
            int low = i + 2 < encoded.length ? digit(encoded[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        byte[] decoded = new byte[length];
        System.arraycopy(bytes, 0, decoded, 0, length);
        return Utf8.decode(decoded);
    }

    private static boolean isKept(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || KEPT.indexOf(c) >= 0;
    }

    private static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
