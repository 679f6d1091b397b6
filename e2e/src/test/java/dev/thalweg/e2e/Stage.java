package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.thalweg.testkit.browser.Browsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What the browser tests stand on: one browser and one server for the whole run, and pages that belong to one test.
 *
 * <p>A page that logs an error or throws fails its test, unless the test said that it expects that. When a test fails,
 * pictures of its pages, their console and their logs of operations are kept in {@code e2e/target/failures}.
 */
final class Stage implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private static final Path BUILT = Path.of(System.getProperty("thalweg.root"), "web", "target");
    private static final Path OUTPUT = Path.of(System.getProperty("thalweg.root"), "e2e", "target");
    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(Stage.class);
    private static final double LIMIT_MILLIS = 40_000;
    /* Playwright's own is 5 s, which a program that starts on a busy machine may take. */
    private static final double ASSERTION_MILLIS = 20_000;
    /** Browsers ask for one whether a page has it or not. */
    private static final Pattern NO_ICON = Pattern.compile("404.* at .*/favicon\\.ico");

    private final List<Visit> visits = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private Shared shared;

    /** The browser and the servers of the whole run, each started when a test first wants it. */
    private static final class Shared implements AutoCloseable {
        private final Deque<AutoCloseable> opened = new ArrayDeque<>();
        private Browsers browsers;
        private StubProcess server;
        private StaticServer built;

        Browsers browsers() {
            if (browsers == null) {
                browsers = keep(Browsers.launch());
            }
            return browsers;
        }

        StubProcess server() {
            if (server == null) {
                try {
                    Path data = Files.createTempDirectory("thalweg-e2e");
                    keep(() -> delete(data));
                    server = keep(StubProcess.start(data));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return server;
        }

        StaticServer built() {
            if (built == null) {
                assertThat(BUILT.resolve("site")).as("built pages (compile them with mvn -pl web -am package)")
                        .isDirectory();
                try {
                    built = keep(StaticServer.of(BUILT));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return built;
        }

        private <T extends AutoCloseable> T keep(T resource) {
            opened.push(resource);
            return resource;
        }

        @Override
        public void close() throws Exception {
            while (!opened.isEmpty()) {
                opened.pop().close();
            }
        }
    }

    /** A page that a test has opened, with what its console said. */
    private record Visit(BrowserContext context, Page page, List<String> console, List<String> errors) {}

    /** The server of the whole run; nobody may stop it. */
    StubProcess server() {
        return shared.server();
    }

    /** Opens the demo page of the server. @param query without question mark @param documentId empty for a new one */
    DemoRig open(String query, String documentId) {
        return open(server(), query, documentId);
    }

    /** Opens the demo page of a server. */
    DemoRig open(StubProcess server, String query, String documentId) {
        return rig(visit(server.address("/?latency=0&" + query + (documentId.isEmpty() ? "" : "#doc=" + documentId)),
                new Browser.NewContextOptions().setViewportSize(1280, 900)), "[data-rig]");
    }

    /** A program that the web module compiled, in a page of its own. @param name its file, without its ending */
    Program program(String name, String target) {
        assertThat(BUILT.resolve(name + "." + target)).isRegularFile();
        return new Program(visit(shared.built().address("/site/index.html?loopback"), new Browser.NewContextOptions()),
                "/" + name, target);
    }

    /** Opens a file of what the web module built. @param path below its {@code target} */
    Page builtPage(String path, Browser.NewContextOptions options) {
        return visit(shared.built().address(path), options);
    }

    /** Opens any page. */
    Page visit(String address, Browser.NewContextOptions options) {
        Page page = blank(options);
        page.navigate(address);
        return page;
    }

    /** A page that shows nothing yet. */
    Page blank(Browser.NewContextOptions options) {
        BrowserContext context = shared.browsers().browser().newContext(options);
        context.setDefaultTimeout(LIMIT_MILLIS);
        return blank(context);
    }

    /** Opens the address of a page once more, in another tab of the same browser. */
    Page beside(Page first) {
        Page page = blank(first.context());
        page.navigate(first.url());
        return page;
    }

    private Page blank(BrowserContext context) {
        Page page = context.newPage();
        Visit visit = new Visit(context, page, new ArrayList<>(), new ArrayList<>());
        visits.add(visit);
        page.onConsoleMessage(message -> heard(visit, message));
        page.onPageError(error -> {
            visit.console().add("uncaught: " + error);
            visit.errors().add("uncaught: " + error);
        });
        return page;
    }

    /** A rig in a page. */
    DemoRig rig(Page page, String selector) {
        return rig(page, page.locator(selector));
    }

    /** A rig in a page. */
    DemoRig rig(Page page, Locator locator) {
        return new DemoRig(page, locator, OUTPUT.resolve("screenshots"));
    }

    /** Says that a page may log an error: what a browser itself writes when a server is gone, say. */
    void expect(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /** What the consoles of all pages have said, as {@code type: text at place}. */
    List<String> console() {
        return visits.stream().flatMap(visit -> visit.console().stream()).toList();
    }

    /** Where this build keeps what it makes. */
    static Path output() {
        return OUTPUT;
    }

    /** Deletes a directory. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Files.createDirectories(OUTPUT.resolve("screenshots"));
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        shared = context.getRoot().getStore(SHARED).computeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withReport(context, failure);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        List<String> errors = visits.stream().flatMap(visit -> visit.errors().stream()).filter(error -> expected
                .stream().noneMatch(pattern -> pattern.matcher(error).find())).toList();
        try {
            if (!errors.isEmpty() && context.getExecutionException().isEmpty()) {
                AssertionError failure = new AssertionError("the browser reported errors:\n"
                        + String.join("\n", errors));
                withReport(context, failure);
                throw failure;
            }
        } finally {
            visits.forEach(visit -> visit.context().close());
            visits.clear();
            expected.clear();
        }
    }

    private void heard(Visit visit, ConsoleMessage message) {
        String line = message.type() + ": " + message.text() + " at " + message.location();
        visit.console().add(line);
        if (message.type().equals("error") && !NO_ICON.matcher(line).find()) {
            visit.errors().add(line);
        }
    }

    private Throwable withReport(ExtensionContext context, Throwable failure) throws IOException {
        String name = (context.getRequiredTestClass().getSimpleName() + " " + context.getParent()
                .map(ExtensionContext::getDisplayName).orElse("") + " " + context.getDisplayName())
                .replaceAll("[^A-Za-z0-9-]+", "-");
        Path directory = OUTPUT.resolve("failures").resolve(name);
        Files.createDirectories(directory);
        StringBuilder report = new StringBuilder("kept in " + OUTPUT.getParent().getParent().relativize(directory));
        for (int i = 0; i < visits.size(); i++) {
            Visit visit = visits.get(i);
            report.append("\n\npage ").append(i + 1).append(": ").append(visit.page().url()).append('\n');
            try {
                visit.page().screenshot(new Page.ScreenshotOptions().setFullPage(true)
                        .setPath(directory.resolve("page-" + (i + 1) + ".png")));
                for (Locator rig : visit.page().locator("[data-rig]").all()) {
                    report.append(Snapshot.of(rig.evaluate(Snapshot.SCRIPT)).told()).append('\n');
                }
            } catch (PlaywrightException | AssertionError gone) {
                report.append("cannot be looked at: ").append(gone.getMessage()).append('\n');
            }
            report.append("console:\n").append(String.join("\n", visit.console()));
        }
        Files.writeString(directory.resolve("report.txt"), report);
        failure.addSuppressed(new AssertionError(report.toString()));
        return failure;
    }
}
