package dev.thalweg.eventgraph;

/** UTF-16's code points beyond U+FFFF, which take two units. */
final class Surrogates {
    private Surrogates() {}

    static boolean areIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean areIn(char[] text) {
        for (char c : text) {
            if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    /** Where there is half a pair, or -1. */
    static int half(char[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (Character.isSurrogate(text[i])) {
                if (Character.isLowSurrogate(text[i]) || i + 1 == end || !Character.isLowSurrogate(text[i + 1])) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** @throws IllegalArgumentException when there is half a pair */
    static void requireWhole(String text) {
        if (!areWhole(text)) {
            throw new IllegalArgumentException(
                    "half a surrogate pair at " + half(text.toCharArray(), 0, text.length()) + " of the text");
        }
    }

    /** Whether all pairs are whole. */
    static boolean areWhole(String text) {
        return !areIn(text) || half(text.toCharArray(), 0, text.length()) < 0;
    }
}
