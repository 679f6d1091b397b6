package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.Arrays;

/** UTF-16 units of texts. */
final class Chars extends Units {
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

    @Override
    Chars none() {
        return new Chars(0);
    }

    @Override
    void append(Units source, int from, int count) {
        Chars other = (Chars) source;
        surrogates |= other.surrogates;
        reserve(count);
        System.arraycopy(other.chars, from, chars, length, count);
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
    String flaw(int from, int end) {
        return surrogates && Surrogates.half(chars, from, end) >= 0 ? "half a surrogate pair" : "";
    }

    @Override
    int mark() {
        return EventFormat.EVENTS;
    }

    @Override
    void write(ByteSink out) {
        EventFormat.writeText(out, new String(chars, 0, length));
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
