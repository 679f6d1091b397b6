package dev.thalweg.web.platform;

/** Bytes as a string of the characters 0 to 255, which is how they cross over to JavaScript alike on both targets. */
final class BrowserBytes {
    private BrowserBytes() {}

    static byte[] of(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    static String text(byte[] bytes) {
        char[] text = new char[bytes.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[i] & 0xFF);
        }
        return new String(text);
    }
}
