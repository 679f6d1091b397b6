package dev.thalweg.web.platform;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/** Small things kept as long as this tab is open, or lasting, where the browser allows that; elsewhere nothing is kept and nothing fails. */
public final class BrowserStorage {
    private BrowserStorage() {}

    /** What was kept under a key, or null. */
    @JSBody(params = "key", script = "try { return sessionStorage.getItem(key); } catch (e) { return null; }")
    public static native @Nullable String get(String key);

    /** Keeps a text under a key. */
    @JSBody(params = {"key", "value"}, script = "try { sessionStorage.setItem(key, value); } catch (e) {}")
    public static native void put(String key, String value);

    /** What was kept under a key beyond this tab, or null. */
    @JSBody(params = "key", script = "try { return localStorage.getItem(key); } catch (e) { return null; }")
    public static native @Nullable String getLasting(String key);

    /** Keeps a text under a key for all tabs of this origin. */
    @JSBody(params = {"key", "value"}, script = "try { localStorage.setItem(key, value); } catch (e) {}")
    public static native void putLasting(String key, String value);
}
