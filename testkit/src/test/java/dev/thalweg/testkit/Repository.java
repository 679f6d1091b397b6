package dev.thalweg.testkit;

import java.nio.file.Path;

/** Where things are, whichever directory the tests run in. */
public final class Repository {
    private Repository() {}

    /** The top of the repository. */
    public static Path root() {
        String root = System.getProperty("thalweg.root");
        return root == null ? Path.of("").toAbsolutePath() : Path.of(root);
    }

    /** The shared data, which may not be there. */
    public static Path data() {
        return root().resolve(System.getProperty("thalweg.data", "../shared/data")).normalize();
    }
}
