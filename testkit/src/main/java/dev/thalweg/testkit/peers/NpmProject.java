package dev.thalweg.testkit.peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A project of npm's that is checked in with its lock file, and installed into the build's output. */
public final class NpmProject {
    private static final String LOCK = "package-lock.json";
    private static final int INSTALL_MINUTES = 5;

    private NpmProject() {}

    /**
     * Puts a project's files and the packages of its lock file into a directory. Packages stay when the lock file is the
     * one they were installed from, and files that are there as they should be are not touched: somebody may be reading
     * them. Processes that ask at the same time take turns.
     *
     * @param source files of the project, without folders
     * @param place  made when it is not there
     * @throws NotInstalledException when there is no npm, or it cannot fetch the packages
     */
    public static synchronized void install(Path source, Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        try (FileChannel turns = FileChannel.open(place.resolve("turns.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            turns.lock(); // until the channel closes
            copy(source, place);
            packages(source, place);
        }
    }

    private static void copy(Path source, Path place) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(source, Files::isRegularFile)) {
            for (Path file : files) {
                Path copy = place.resolve(file.getFileName().toString());
                byte[] bytes = Files.readAllBytes(file);
                if (!Files.exists(copy) || !Arrays.equals(bytes, Files.readAllBytes(copy))) {
                    Files.write(copy, bytes);
                }
            }
        }
    }

    private static void packages(Path source, Path place) throws IOException, InterruptedException {
        Path marker = place.resolve("installed-from.json");
        Path lock = place.resolve(LOCK);
        if (Files.exists(marker) && Files.mismatch(marker, lock) < 0) {
            return;
        }
        Files.deleteIfExists(marker);
        Path log = place.resolve("npm.txt");
        Process npm;
        try {
            npm = new ProcessBuilder(List.of("npm", "ci", "--ignore-scripts")).directory(place.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new NotInstalledException("npm cannot be started", e);
        }
        boolean done = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        if (!done || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new NotInstalledException("npm could not install " + source.getFileName() + " within "
                    + INSTALL_MINUTES + " minutes:\n" + Files.readString(log), null);
        }
        Files.copy(lock, marker);
    }
}
