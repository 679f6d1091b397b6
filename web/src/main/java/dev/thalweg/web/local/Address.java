package dev.thalweg.web.local;

import org.teavm.jso.JSBody;

/** What the page's address says behind its {@code #}: {@code name=value}, several with {@code &} between them. */
public final class Address {
    private static final int LONGEST = 40;

    private Address() {}

    /** Whether a document may be called so: up to 40 letters of ASCII, digits and hyphens. */
    public static boolean isName(String name) {
        boolean good = !name.isEmpty() && name.length() <= LONGEST;
        for (int i = 0; i < name.length() && good; i++) {
            char letter = name.charAt(i);
            good = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9'
                    || letter == '-';
        }
        return good;
    }

    /** The value of a name, empty when there is none. */
    @JSBody(params = "name", script = "return new URLSearchParams(location.hash.slice(1)).get(name) || '';")
    public static native String get(String name);

    /** Gives a name a value. */
    @JSBody(params = {"name", "value"}, script = """
            var words = new URLSearchParams(location.hash.slice(1));
            words.set(name, value);
            history.replaceState(history.state, '', '#' + words);
            """)
    public static native void put(String name, String value);

    /** Loads the page anew without a name. */
    @JSBody(params = "name", script = """
            var words = new URLSearchParams(location.hash.slice(1));
            words.delete(name);
            history.replaceState(history.state, '', '#' + words);
            location.reload();
            """)
    public static native void reloadWithout(String name);

    /** Opens the page once more, in a tab of its own that shares nothing with this one but the origin. */
    @JSBody(script = "window.open(location.href, '_blank', 'noopener');")
    public static native void openTab();

    /** Who served the page. */
    @JSBody(script = "return location.origin;")
    public static native String origin();
}
