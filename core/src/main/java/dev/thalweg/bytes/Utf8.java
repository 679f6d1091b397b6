package dev.thalweg.bytes;

import org.jspecify.annotations.Nullable;

/**
 * UTF-8, the same on all targets: a lone surrogate becomes U+FFFD when encoding, and so does each byte that cannot be
 * read when decoding, where the platforms' own coders differ.
 */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of a text. */
    public static byte[] encode(String text) {
        byte[] out = new byte[length(text)];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (pairAt(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xF0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                int unit = c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;
                out[at++] = (byte) (0xE0 | unit >> 12);
                out[at++] = (byte) (0x80 | unit >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | unit & 0x3F);
            }
        }
        return out;
    }

    /** How many bytes a text takes. */
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (pairAt(text, i)) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return length;
    }

    /** The text of some bytes, or null when they are not UTF-8. */
    public static @Nullable String decodeStrictly(byte[] bytes) {
        char[] units = new char[bytes.length];
        int count = decode(bytes, 0, bytes.length, units);
        return count < 0 ? null : new String(units, 0, count);
    }

    /** The text of some bytes. */
    public static String decode(byte[] bytes) {
        String text = decodeStrictly(bytes);
        return text == null ? mended(bytes) : text;
    }

    private static String mended(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int lead = bytes[at] & 0xFF;
            int more = more(lead);
            int point = more < 0 ? -1 : point(bytes, at, lead, more);
            if (point < 0) {
                out.append('\uFFFD');
                at++;
            } else {
                if (point < 0x10000) {
                    out.append((char) point);
                } else {
                    out.append(Character.highSurrogate(point)).append(Character.lowSurrogate(point));
                }
                at += more + 1;
            }
        }
        return out.toString();
    }

    /**
     * Decodes into an array.
     *
     * @return how many UTF-16 units there are, or -1 when the bytes are not UTF-8 or more than the array takes
     */
    public static int decode(byte[] bytes, int from, int end, char[] out) {
        int units = 0;
        int at = from;
        while (at < end) {
            int lead = bytes[at];
            if (lead >= 0) {
                if (units == out.length) {
                    return -1;
                }
                out[units++] = (char) lead;
                at++;
                continue;
            }
            int more = more(lead & 0xFF);
            int point = more < 0 || at + more >= end ? -1 : point(bytes, at, lead & 0xFF, more);
            int takes = point < 0x10000 ? 1 : 2;
            if (point < 0 || units + takes > out.length) {
                return -1;
            }
            if (takes == 1) {
                out[units] = (char) point;
            } else {
                out[units] = Character.highSurrogate(point);
                out[units + 1] = Character.lowSurrogate(point);
            }
            units += takes;
            at += more + 1;
        }
        return units;
    }

    /* How many bytes follow a first one, or -1. */
    private static int more(int lead) {
        return lead < 0x80 ? 0 : lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2
                : lead >= 0xF0 && lead < 0xF5 ? 3 : -1;
    }

    private static int point(byte[] bytes, int at, int lead, int more) {
        if (at + more >= bytes.length) {
            return -1;
        }
        int point = more == 0 ? lead : lead & 0x3F >> more;
        for (int i = 1; i <= more; i++) {
            int next = bytes[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | next & 0x3F;
        }
        boolean tooLong = more == 2 && point < 0x800 || more == 3 && point < 0x10000;
        return tooLong || point > 0x10FFFF || point >= 0xD800 && point <= 0xDFFF ? -1 : point;
    }

    private static boolean pairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
