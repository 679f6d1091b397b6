package dev.thalweg.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A headless Chromium: the one on this machine, or Playwright's own download, or, when there is neither, one that
 * is installed here and now.
 *
 * <p>A test holds one {@code Browsers} for all its pages and closes it at the end.
 */
public final class Browsers implements AutoCloseable {
    private static final String NONE = "There is no Chromium for the browser tests: install one (on Debian or Ubuntu,"
            + " as root: apt-get install chromium).";
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
            "google-chrome-stable");
    private static final List<String> PLACES = List.of("/usr/bin", "/usr/local/bin", "/snap/bin",
            "/Applications/Google Chrome.app/Contents/MacOS", "/Applications/Chromium.app/Contents/MacOS");

    private final Playwright playwright;
    private final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts a headless Chromium; takes a second or two, and minutes when it has to be installed first. */
    public static Browsers launch() {
        Optional<Path> executable = installed();
        if (executable.isEmpty() && !playwrightHasOne()) {
            install();
            executable = installed();
        }
        Playwright playwright = Playwright.create(environment());
        try {
            LaunchOptions options = new LaunchOptions().setHeadless(true).setArgs(flags());
            executable.ifPresent(options::setExecutablePath);
            return new Browsers(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException failure) {
            playwright.close();
            throw failure;
        }
    }

    /** The running browser; a test opens a context of its own in it. */
    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("--disable-dev-shm-usage", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"));
        if (isRoot()) {
            flags.add("--no-sandbox");
        }
        return flags;
    }

    private static Playwright.CreateOptions environment() {
        return new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    }

    private static Optional<Path> installed() {
        List<String> places = new ArrayList<>(PLACES);
        places.addAll(Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)));
        List<String> names = new ArrayList<>(NAMES);
        names.add("Google Chrome");
        names.add("Chromium");
        return names.stream().flatMap(name -> places.stream().map(place -> Path.of(place, name)))
                .filter(Files::isExecutable).filter(Files::isRegularFile).findFirst();
    }

    private static boolean playwrightHasOne() {
        try (Playwright playwright = Playwright.create(environment())) {
            return Files.isExecutable(Path.of(playwright.chromium().executablePath()));
        }
    }

    private static void install() {
        if (isRoot() && Files.exists(Path.of("/etc/debian_version"))) {
            say("Installing Chromium for the browser tests with apt-get");
            boolean fetched = run(Map.of(), "apt-get", "update") && run(Map.of("DEBIAN_FRONTEND", "noninteractive"),
                    "apt-get", "install", "-y", "--no-install-recommends", "chromium");
            if (fetched && installed().isPresent()) {
                return;
            }
        }
        say("Downloading Chromium for the browser tests with Playwright");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        boolean fetched = run(Map.of(), java.toString(), "-cp", System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI", "install", "chromium");
        if (!fetched || !playwrightHasOne()) {
            throw new IllegalStateException(NONE);
        }
    }

    /** Runs a command, passing on what it prints; false when it fails or takes longer than ten minutes. */
    private static boolean run(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread stop = Thread.ofVirtual().start(() -> {
                try {
                    if (!process.waitFor(10, TimeUnit.MINUTES)) {
                        process.destroyForcibly();
                    }
                } catch (InterruptedException ended) {
                    process.destroyForcibly();
                }
            });
            try (BufferedReader output = process.inputReader()) {
                output.lines().forEach(Browsers::say);
            }
            stop.join();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            say(missing.toString());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isRoot() {
        try {
            Path self = Path.of("/proc/self");
            return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
