package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** UTF-16 units of texts. */
final class Chars extends Units {
    private static final int FEW = 32;

    /* Longer than what is in use. */
    private char[] chars;
    /* Whether there may be surrogates. */
    private boolean surrogates;

    Chars(int capacity) {
        chars = new char[capacity];
    }

    /** The units, and room for more behind them; another array after something was added. */
    char[] chars() {
        return chars;
    }

    boolean haveSurrogates() {
        return surrogates;
    }

    private void reserve(int count) {
        if (length + count > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(length + count, chars.length + (chars.length >> 1)));
        }
    }

    /** Adds a text. @return whether there may be surrogates now */
    boolean append(String text) {
        surrogates |= Surrogates.areIn(text);
        reserve(text.length());
        text.getChars(0, text.length(), chars, length);
        length += text.length();
        return surrogates;
    }

    /**
     * {@link System#arraycopy}, which in JavaScript costs as much as copying some dozens of units one by one: it makes an
     * object at each call, and has the engine move a small array to a buffer of its own.
     */
    static void copy(char[] source, int from, char[] target, int to, int count) {
        if (count > FEW) {
            System.arraycopy(source, from, target, to, count);
        } else if (source != target || to < from) {
            for (int i = 0; i < count; i++) {
                target[to + i] = source[from + i];
            }
        } else {
            for (int i = count - 1; i >= 0; i--) {
                target[to + i] = source[from + i];
            }
        }
    }

    @Override
    Chars none() {
        return new Chars(0);
    }

    @Override
    void append(Units source, int from, int count) {
        Chars other = (Chars) source;
        surrogates |= other.surrogates;
        reserve(count);
        copy(other.chars, from, chars, length, count);
        length += count;
    }

    @Override
    void truncate(int count) {
        length = count;
    }

    @Override
    boolean same(int at, Units other, int otherAt) {
        return chars[at] == ((Chars) other).chars[otherAt];
    }

    @Override
    boolean isWithin(int at) {
        return surrogates && Character.isLowSurrogate(chars[at]) && Character.isHighSurrogate(chars[at - 1]);
    }

    @Override
    String flaw(int from, int end) {
        return surrogates && Surrogates.half(chars, from, end) >= 0 ? "half a surrogate pair" : "";
    }

    @Override
    int mark() {
        return EventFormat.EVENTS;
    }

    @Override
    void write(ByteSink out) {
        EventFormat.writeText(out, chars, length);
    }

    @Override
    void read(ByteSource in) throws ProtocolException {
        char[] text = EventFormat.readText(in);
        if (length > 0) {
            throw new IllegalStateException("there is text already");
        }
        chars = text;
        length = text.length;
        surrogates = Surrogates.areIn(text);
    }
}
