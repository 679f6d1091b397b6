package dev.thalweg.testkit;

import dev.thalweg.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes down what a test has just found to be so, for the page's section "What is proven": the build of the site puts
 * these notes together. A test calls this after its last assertion, so that a failure leaves no note.
 */
public final class Evidence {
    private Evidence() {}

    /**
     * Leaves a note.
     *
     * @param test     the test that found it; the page links to its source
     * @param what     the claim, in the words of a reader
     * @param measured the number, with its unit
     */
    public static void record(Class<?> test, String topic, String what, String measured) throws IOException {
        Path folder = Repository.root().resolve("testkit/target/proven");
        Files.createDirectories(folder);
        Path source = Repository.root()
                .resolve("testkit/src/test/java/" + test.getName().replace('.', '/') + ".java");
        Files.writeString(folder.resolve(test.getSimpleName() + ".java.txt"), Files.readString(source));
        JsonObject note = JsonObject.builder().put("what", what).put("measured", measured)
                .put("source", test.getSimpleName()).put("href", "proven/" + test.getSimpleName() + ".java.txt")
                .put("date", LocalDate.now().toString()).build();
        Files.writeString(folder.resolve(topic + ".json"), note.toJson() + ",\n");
    }
}
