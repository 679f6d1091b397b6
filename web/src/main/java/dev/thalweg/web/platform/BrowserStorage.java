package dev.thalweg.web.platform;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/** Small things kept in this browser, where it allows that; elsewhere nothing is kept and nothing fails. */
public final class BrowserStorage {
    private BrowserStorage() {}

    /** What was kept under a key, or null. */
    @JSBody(params = "key", script = "try { return localStorage.getItem(key); } catch (e) { return null; }")
    public static native @Nullable String get(String key);

    /** Keeps a text under a key. */
    @JSBody(params = {"key", "value"}, script = "try { localStorage.setItem(key, value); } catch (e) {}")
    public static native void put(String key, String value);
}
