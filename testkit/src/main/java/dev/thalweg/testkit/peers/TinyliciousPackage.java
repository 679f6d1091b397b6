package dev.thalweg.testkit.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Fluid's small ordering service, as its package has it.
 *
 * @param place where it is installed
 */
public record TinyliciousPackage(Path place) {
    private static final String VERSION = "7.0.1";

    /**
     * Installs it unless it is there.
     *
     * @param root of this repository
     * @throws NotInstalledException when there is no npm, or it cannot fetch the package
     */
    public static TinyliciousPackage install(Path root, Path place) throws IOException, InterruptedException {
        NpmProject.install(root.resolve("bench/peers/tinylicious"), place);
        return new TinyliciousPackage(place);
    }

    /** What starts it. */
    public List<String> command() {
        return List.of("node", place.resolve("node_modules/tinylicious/dist/index.js").toString());
    }

    /** Variables of its process: operations in memory, summaries in a directory, and no word but of errors. */
    public Map<String, String> environment(int port, Path storage) {
        return Map.of("PORT", String.valueOf(port), "storage", storage.toString(), "db__inMemory", "true",
                "logger__level", "error", "npm_package_version", VERSION);
    }
}
