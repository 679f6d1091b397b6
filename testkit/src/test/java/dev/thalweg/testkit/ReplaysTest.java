package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.cli.Replays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What once failed, if only in a kernel that was broken on purpose, holds now. */
class ReplaysTest {
    @TestFactory
    Stream<DynamicTest> holds() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(Repository.root().resolve(Replays.FOLDER))) {
            files = listed.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> assertThat(Replays.run(file).failure()).isNull()));
    }
}
