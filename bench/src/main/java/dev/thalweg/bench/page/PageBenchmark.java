package dev.thalweg.bench.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.thalweg.bench.load.ServiceProcess;
import dev.thalweg.testkit.browser.Browsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./dev bench page}: opens the demo page of a real server in a headless Chromium again and again, and takes the
 * time from the start of the navigation as the page itself sees it.
 */
@Command(name = "page", mixinStandardHelpOptions = true, sortOptions = false, description = "Measures how soon the demo page can be used.")
public final class PageBenchmark implements Callable<Integer> {
    private static final String JAR = "server-stub/target/thalweg-server-stub.jar";
    private static final double PATIENCE_MILLIS = 30_000;

    /*
     * Set before anything of the page runs. The page's contract has the two moments: client A's rows can be edited, and
     * the rig no longer says that it is loading. Both are noticed in the turn that makes them so.
     */
    private static final String WATCH = """
            window.seen = {};
            const look = () => {
              if (!seen.editable && document.querySelector("[data-client=a] [data-action]")) {
                seen.editable = performance.now();
              }
              if (!seen.ready && (document.querySelector("[data-rig]")?.dataset.state ?? "loading") !== "loading") {
                seen.ready = performance.now();
                watcher.disconnect();
              }
            };
            const watcher = new MutationObserver(look);
            watcher.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
            """;

    @Option(names = "--navigations", paramLabel = "N", defaultValue = "15", description = "How often the page is opened in each way (default ${DEFAULT-VALUE}).")
    private int navigations;

    @Option(names = "--write", paramLabel = "FILE", description = "Also put the table into this page, for example docs/benchmarks.md.")
    private @Nullable Path page;

    /**
     * Milliseconds from the start of a navigation.
     *
     * @param painted  something of the page is seen
     * @param asked    the page's loader runs and asks for the program
     * @param loaded   the program runs
     * @param editable client A takes edits
     * @param ready    all clients are connected
     */
    private record Moments(double painted, double asked, double loaded, double editable, double ready) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        int port = ServiceProcess.freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        StringBuilder table = new StringBuilder("""
                | program | cache | first paint, median ms | program asked for | program runs | edits are taken | slowest | all clients connected | slowest |
                |---|---|--:|--:|--:|--:|--:|--:|--:|
                """);
        try (ServiceProcess server = ServiceProcess.start(List.of(java, "-jar", JAR, "--port", String.valueOf(port),
                "--memory"), Map.of(), port, Path.of("bench", "target", "page", "log.txt"));
                Browsers browsers = Browsers.launch()) {
            String address = "http://127.0.0.1:" + server.port() + "/?latency=0&target=";
            for (String target : List.of("wasm-gc", "js")) {
                // The server's own code is compiled while it runs, too.
                cold(browsers.browser(), address + target, Math.min(5, navigations));
                row(table, target, "cold", cold(browsers.browser(), address + target, navigations));
                row(table, target, "warm", warm(browsers.browser(), address + target, navigations));
            }
        }
        System.out.print(table);
        if (page != null) {
            dev.thalweg.bench.Page.replace(page, "page", "./dev bench page --navigations " + navigations,
                    table.toString());
        }
        return 0;
    }

    /** Each time as somebody who has never been here. */
    private static List<Moments> cold(Browser browser, String address, int count) {
        List<Moments> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (BrowserContext context = browser.newContext()) {
                all.add(open(context, address));
            }
        }
        return all;
    }

    /** Each time after the first as somebody who was here a moment ago. */
    private static List<Moments> warm(Browser browser, String address, int count) {
        List<Moments> all = new ArrayList<>();
        try (BrowserContext context = browser.newContext()) {
            // Browsers keep compiled programs after they were used a few times.
            for (int i = 0; i < 3; i++) {
                open(context, address);
            }
            for (int i = 0; i < count; i++) {
                all.add(open(context, address));
            }
        }
        return all;
    }

    private static Moments open(BrowserContext context, String address) {
        try (Page tab = context.newPage()) {
            tab.addInitScript(WATCH);
            tab.navigate(address);
            tab.waitForFunction(
                    "seen.editable && seen.ready && performance.getEntriesByName('first-contentful-paint')[0]", null,
                    new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
            return new Moments(entry(tab, "first-contentful-paint"), entry(tab, "thalweg-asked"),
                    entry(tab, "thalweg-loaded"), moment(tab, "editable"), moment(tab, "ready"));
        }
    }

    private static double moment(Page tab, String name) {
        return ((Number) tab.evaluate("name => seen[name]", name)).doubleValue();
    }

    /** What the browser has noted by itself, or the page's loader with a mark. */
    private static double entry(Page tab, String name) {
        return ((Number) tab.evaluate("name => performance.getEntriesByName(name)[0].startTime", name)).doubleValue();
    }

    private static void row(StringBuilder table, String target, String cache, List<Moments> moments) {
        table.append(String.format(Locale.ROOT, "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                target.equals("js") ? "JavaScript" : "WebAssembly GC", cache, median(moments, Moments::painted),
                median(moments, Moments::asked), median(moments, Moments::loaded), median(moments, Moments::editable),
                slowest(moments, Moments::editable), median(moments, Moments::ready),
                slowest(moments, Moments::ready)));
    }

    private static double median(List<Moments> moments, ToDoubleFunction<Moments> what) {
        double[] sorted = moments.stream().mapToDouble(what).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double slowest(List<Moments> moments, ToDoubleFunction<Moments> what) {
        return Arrays.stream(moments.stream().mapToDouble(what).toArray()).max().orElseThrow();
    }
}
