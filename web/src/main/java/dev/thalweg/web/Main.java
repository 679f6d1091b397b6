package dev.thalweg.web;

import org.teavm.jso.JSExport;

/** The demo page. */
public final class Main {
    private Main() {}

    /** Called by the module's loader; the page starts here. */
    public static void main(String[] arguments) {}

    /** What the page is, in a word or two. */
    @JSExport
    public static String about() {
        return "Thalweg demo";
    }
}
