package dev.thalweg.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON in bytes: short, and in one form only. Members keep their order, as in text, so two values have equal bytes
 * exactly when they have equal text.
 */
public final class CompactJson {
    /*
     * The first byte is the version. Then one value, which says by its first byte what it is:
     *
     *   00..3F  the number 0 to 63                    E0 E1 E2  null, false, true
     *   40..5F  an array of 0 to 31 values            E3        any other number, as eight bytes, the highest first
     *   60..7F  an object of 0 to 31 members          E4        a whole number from 64 to 2^53 - 1
     *   80..BF  the n-th string that was written, again  E5     one from -1 down to -(2^53 - 1), less one, without sign
     *   C0..DF  a string of 0 to 31 bytes             E6 E7     a longer array, a larger object
     *                                                 E8 E9     a later string again, a longer string
     *
     * A number after the first byte has seven bits in each byte, the lowest first, and the eighth where more follow.
     * A member is its name, as a string, and its value. Every string is spelled once and pointed at afterwards, which
     * is what keeps states short: the same few replica ids and member names occur over and over. Text is UTF-8, with
     * three bytes for a surrogate that has no other half, since JSON has those too.
     *
     * There are other ways to spell most values. Instead of ruling them out one by one the reader writes what it has
     * read and compares.
     */
    private static final int VERSION = 1;
    private static final int ARRAY = 0x40;
    private static final int OBJECT = 0x60;
    private static final int AGAIN = 0x80;
    private static final int STRING = 0xC0;
    private static final int NULL = 0xE0;
    private static final int FALSE = 0xE1;
    private static final int TRUE = 0xE2;
    private static final int DOUBLE = 0xE3;
    private static final int POSITIVE = 0xE4;
    private static final int NEGATIVE = 0xE5;
    private static final int LONG_ARRAY = 0xE6;
    private static final int LONG_OBJECT = 0xE7;
    private static final int LONG_AGAIN = 0xE8;
    private static final int LONG_STRING = 0xE9;
    private static final double MAX_WHOLE = 9007199254740991.0;

    private CompactJson() {}

    /** The bytes of a value. */
    public static byte[] encode(JsonValue value) {
        Writer writer = new Writer();
        writer.put(VERSION);
        writer.value(value);
        return Arrays.copyOf(writer.bytes, writer.size);
    }

    /**
     * Reads what {@link #encode} wrote, and nothing else.
     *
     * @param limits the length is in bytes
     */
    public static JsonValue decode(byte[] bytes, JsonLimits limits) throws ProtocolException {
        if (bytes.length > limits.maxLength()) {
            throw new ProtocolException(
                    "compact JSON has " + bytes.length + " bytes, the limit is " + limits.maxLength());
        }
        Reader reader = new Reader(bytes);
        int version = reader.next();
        if (version != VERSION) {
            throw new ProtocolException("compact JSON of version " + version + ", known is " + VERSION);
        }
        JsonValue value = reader.value(limits.maxDepth());
        if (reader.at != bytes.length) {
            throw new ProtocolException("compact JSON ends at byte " + reader.at + " of " + bytes.length);
        }
        if (!Arrays.equals(encode(value), bytes)) {
            throw new ProtocolException("compact JSON is not in its one form");
        }
        return value;
    }

    private static final class Writer {
        private final Map<String, Integer> strings = new HashMap<>();
        private byte[] bytes = new byte[64];
        private int size;

        void put(int b) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = (byte) b;
        }

        void value(JsonValue value) {
            switch (value) {
                case JsonObject object -> {
                    head(OBJECT, 32, LONG_OBJECT, object.size());
                    for (int i = 0; i < object.size(); i++) {
                        string(object.name(i));
                        value(object.value(i));
                    }
                }
                case JsonArray array -> {
                    head(ARRAY, 32, LONG_ARRAY, array.size());
                    for (JsonValue element : array.values()) {
                        value(element);
                    }
                }
                case JsonString string -> string(string.value());
                case JsonNumber number -> number(number.value());
                case JsonBoolean bool -> put(bool.value() ? TRUE : FALSE);
                case JsonNull nothing -> put(NULL);
            }
        }

        private void string(String text) {
            Integer known = strings.get(text);
            if (known != null) {
                head(AGAIN, 64, LONG_AGAIN, known);
                return;
            }
            strings.put(text, strings.size());
            int length = 0;
            for (int i = 0; i < text.length(); i += units(text, i)) {
                length += width(point(text, i));
            }
            head(STRING, 32, LONG_STRING, length);
            for (int i = 0; i < text.length(); i += units(text, i)) {
                point(point(text, i));
            }
        }

        private void point(int point) {
            int width = width(point);
            if (width == 1) {
                put(point);
                return;
            }
            put(0xF00 >> width & 0xFF | point >> 6 * (width - 1));
            for (int shift = 6 * (width - 2); shift >= 0; shift -= 6) {
                put(0x80 | point >> shift & 0x3F);
            }
        }

        private void number(double number) {
            if (number != Math.floor(number) || Math.abs(number) > MAX_WHOLE) {
                put(DOUBLE);
                long bits = Double.doubleToLongBits(number);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    put((int) (bits >>> shift));
                }
            } else if (number < 0) {
                put(NEGATIVE);
                varint(-1 - number);
            } else if (number < 64) {
                put((int) number);
            } else {
                put(POSITIVE);
                varint(number);
            }
        }

        private void head(int tag, int small, int large, int number) {
            if (number < small) {
                put(tag + number);
            } else {
                put(large);
                varint(number);
            }
        }

        private void varint(double number) {
            double left = number;
            while (left >= 128) {
                double rest = Math.floor(left / 128);
                put(0x80 | (int) (left - rest * 128));
                left = rest;
            }
            put((int) left);
        }

        private static int units(String text, int i) {
            return point(text, i) >= 0x10000 ? 2 : 1;
        }

        private static int point(String text, int i) {
            char c = text.charAt(i);
            return Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                    ? Character.toCodePoint(c, text.charAt(i + 1)) : c;
        }

        private static int width(int point) {
            return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        }
    }

    private static final class Reader {
        private final byte[] bytes;
        private final List<String> strings = new ArrayList<>();
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int next() throws ProtocolException {
            if (at >= bytes.length) {
                throw new ProtocolException("compact JSON breaks off at byte " + at);
            }
            return bytes[at++] & 0xFF;
        }

        JsonValue value(int levels) throws ProtocolException {
            int tag = next();
            if (tag < ARRAY) {
                return new JsonNumber(tag);
            }
            if (tag < OBJECT || tag == LONG_ARRAY) {
                return array(tag == LONG_ARRAY ? count() : tag - ARRAY, levels);
            }
            if (tag < AGAIN || tag == LONG_OBJECT) {
                return object(tag == LONG_OBJECT ? count() : tag - OBJECT, levels);
            }
            return switch (tag) {
                case NULL -> JsonNull.NULL;
                case FALSE -> JsonBoolean.FALSE;
                case TRUE -> JsonBoolean.TRUE;
                case DOUBLE -> number();
                case POSITIVE -> new JsonNumber(varint());
                case NEGATIVE -> new JsonNumber(-1 - varint());
                default -> new JsonString(string(tag));
            };
        }

        private JsonArray array(int count, int levels) throws ProtocolException {
            requireLevel(levels);
            List<JsonValue> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(value(levels - 1));
            }
            return new JsonArray(values);
        }

        private JsonObject object(int count, int levels) throws ProtocolException {
            requireLevel(levels);
            JsonObject.Builder object = JsonObject.builder();
            for (int i = 0; i < count; i++) {
                String name = string(next());
                object.put(name, value(levels - 1));
            }
            return object.build();
        }

        private void requireLevel(int levels) throws ProtocolException {
            if (levels < 1) {
                throw new ProtocolException("compact JSON is too deep at byte " + at);
            }
        }

        private String string(int tag) throws ProtocolException {
            if (tag >= AGAIN && tag < STRING || tag == LONG_AGAIN) {
                int place = tag == LONG_AGAIN ? count() : tag - AGAIN;
                if (place >= strings.size()) {
                    throw new ProtocolException("compact JSON points at string " + place + " of " + strings.size());
                }
                return strings.get(place);
            }
            if (tag < STRING || tag >= NULL && tag != LONG_STRING) {
                throw new ProtocolException("compact JSON has " + tag + " before byte " + at);
            }
            int length = tag == LONG_STRING ? count() : tag - STRING;
            if (length > bytes.length - at) {
                throw new ProtocolException("compact JSON breaks off at byte " + bytes.length);
            }
            StringBuilder text = new StringBuilder(length);
            int end = at + length;
            while (at < end) {
                point(text);
            }
            String read = text.toString();
            strings.add(read);
            return read;
        }

        /* Takes what is not UTF-8 for something else, which is then not written the same. */
        private void point(StringBuilder text) throws ProtocolException {
            int lead = next();
            int more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
            int point = more == 0 ? lead : lead & 0x3F >> more;
            for (int i = 0; i < more; i++) {
                point = point << 6 | next() & 0x3F;
            }
            if (point < 0x10000) {
                text.append((char) point);
            } else if (point <= 0x10FFFF) {
                text.append(Character.highSurrogate(point)).append(Character.lowSurrogate(point));
            } else {
                throw new ProtocolException("compact JSON has no character before byte " + at);
            }
        }

        private JsonValue number() throws ProtocolException {
            long bits = 0;
            for (int i = 0; i < 8; i++) {
                bits = bits << 8 | next();
            }
            double number = Double.longBitsToDouble(bits);
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new ProtocolException("compact JSON has no number before byte " + at);
            }
            return new JsonNumber(number);
        }

        /* Nothing has more parts than there are bytes left, so nothing is made room for that does not come. */
        private int count() throws ProtocolException {
            double count = varint();
            if (count > bytes.length - at && count >= strings.size()) {
                throw new ProtocolException("compact JSON counts more than it has before byte " + at);
            }
            return (int) count;
        }

        private double varint() throws ProtocolException {
            double number = 0;
            double weight = 1;
            int b = next();
            while (b >= 0x80) {
                if (weight > MAX_WHOLE / 128) {
                    throw new ProtocolException("compact JSON has too large a number before byte " + at);
                }
                number += weight * (b - 0x80);
                weight *= 128;
                b = next();
            }
            number += weight * b;
            if (number > MAX_WHOLE) {
                throw new ProtocolException("compact JSON has too large a number before byte " + at);
            }
            return number;
        }
    }
}
