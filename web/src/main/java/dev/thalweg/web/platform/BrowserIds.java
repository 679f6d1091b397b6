package dev.thalweg.web.platform;

import dev.thalweg.platform.Ids;
import org.teavm.jso.JSBody;

/** Chance from the browser's own generator. */
public final class BrowserIds implements Ids {
    @Override
    public String uuid() {
        return randomUuid();
    }

    @Override
    public double fraction() {
        return random();
    }

    /* crypto.randomUUID is there in secure contexts only; a page from another machine in the house is none. */
    @JSBody(script = """
            if (crypto.randomUUID) return crypto.randomUUID();
            var b = crypto.getRandomValues(new Uint8Array(16));
            b[6] = b[6] & 15 | 64;
            b[8] = b[8] & 63 | 128;
            var s = '';
            for (var i = 0; i < 16; i++) {
              s += (i == 4 || i == 6 || i == 8 || i == 10 ? '-' : '') + (b[i] + 256).toString(16).slice(1);
            }
            return s;
            """)
    private static native String randomUuid();

    @JSBody(script = "return Math.random();")
    private static native double random();
}
