package dev.thalweg.bench.catchup;

import com.google.gson.JsonElement;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.testkit.browser.Browsers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a document in a page of a browser of its own, with the program that {@code web} has for it. */
final class BrowserReader {
    private static final Path PROGRAMS = Path.of("web", "target", "bench");
    private static final double PATIENCE_MILLIS = 120_000;

    /* The program is loaded before the time begins to run. */
    private static final String READ = """
            async ({ target, url, token, id, reached, patience }) => {
              const load = async () => {
                if (target === "js") return import("/measured/reading.js");
                const runtime = await import("/measured/reading.wasm-runtime.js");
                return (await runtime.load("/measured/reading.wasm")).exports;
              };
              const program = await load();
              const start = performance.now();
              program.open(url, "tinylicious", token, id);
              while (program.reached() < reached) {
                if (program.failure()) throw new Error(program.failure());
                if (performance.now() - start > patience) throw new Error("still at " + program.reached());
                await new Promise(resolve => setTimeout(resolve, 2));
              }
              return [performance.now() - start, program.keys()];
            }""";

    private BrowserReader() {}

    /** Reads it. @param target {@code js} or {@code wasm} */
    static Reading read(String target, String url, Task task) throws IOException {
        try (Browsers browsers = Browsers.launch(); Page page = browsers.browser().newPage()) {
            page.route("**/measured/*", BrowserReader::give);
            page.navigate(url + "/health");
            String token = new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "bench")
                    .sign("tinylicious", task.documentId());
            List<?> said = (List<?>) page.evaluate(READ, Map.of("target", target, "url", url, "token", token, "id",
                    task.documentId(), "reached", task.sequenceNumber(), "patience", PATIENCE_MILLIS));
            if (((Number) said.get(1)).intValue() != task.keys()) {
                throw new IllegalStateException(said.get(1) + " keys");
            }
            return new Reading(((Number) said.get(0)).doubleValue(), renderer(browsers.browser()));
        }
    }

    private static void give(Route route) {
        String name = Path.of(URI.create(route.request().url()).getPath()).getFileName().toString();
        route.fulfill(new Route.FulfillOptions().setPath(PROGRAMS.resolve(name))
                .setContentType(name.endsWith(".wasm") ? "application/wasm" : "text/javascript"));
    }

    /* The page's process is the one of its kind that had most. */
    private static double renderer(Browser browser) throws IOException {
        CDPSession session = browser.newBrowserCDPSession();
        double most = 0;
        for (JsonElement process : session.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
            if (process.getAsJsonObject().get("type").getAsString().equals("renderer")) {
                most = Math.max(most, Reading.peakKilobytes(process.getAsJsonObject().get("id").getAsString()));
            }
        }
        return most;
    }
}
