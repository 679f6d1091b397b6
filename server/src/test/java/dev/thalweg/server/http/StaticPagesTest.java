package dev.thalweg.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.TestServer;
import dev.thalweg.server.storage.MemoryStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticPagesTest {
    @TempDir
    Path directory;

    private void write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void findsFilesWithTheirTypesAndNothingOutside() throws Exception {
        write("site/index.html", "<p>home");
        write("site/app/x.wasm", "wasm");
        write("site/app/x.js", "js");
        write("site/app/index.html", "app");
        write("secret.txt", "secret");
        StaticPages pages = new StaticPages(directory.resolve("site"));
        assertThat(pages.find(List.of(), true).type()).isEqualTo("text/html; charset=utf-8");
        assertThat(pages.find(List.of("app", "x.wasm"), false).type()).isEqualTo("application/wasm");
        assertThat(pages.find(List.of("app", "x.js"), false).type()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(pages.find(List.of("app"), true).bytes().toString()).isEqualTo("app");
        assertThat(pages.find(List.of("app"), false)).isNull();
        assertThat(pages.find(List.of("..", "secret.txt"), false)).isNull();
        assertThat(pages.find(List.of("../secret.txt"), false)).isNull();
        assertThat(pages.find(List.of("app", "none"), false)).isNull();
        assertThat(new StaticPages(null).find(List.of("no-such-page.html"), false)).isNull();
    }

    @Test
    void servesAPageOnceAndThenSaysThatItIsTheSame() throws Exception {
        write("index.html", "<p>home");
        try (TestServer server = TestServer.start(new MemoryStore(), ServerOptions.DEFAULT.withPages(directory))) {
            HttpResponse<String> first = TestServer.HTTP.send(HttpRequest.newBuilder(server.uri("/")).build(),
                    BodyHandlers.ofString());
            assertThat(first.body()).isEqualTo("<p>home");
            assertThat(first.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
            assertThat(first.headers().firstValue("cache-control")).hasValue("no-cache");
            String tag = first.headers().firstValue("etag").orElseThrow();
            assertThat(TestServer.HTTP.send(HttpRequest.newBuilder(server.uri("/")).header("If-None-Match", tag)
                    .build(), BodyHandlers.ofString()).statusCode()).isEqualTo(304);
            HttpResponse<String> head = TestServer.HTTP.send(HttpRequest.newBuilder(server.uri("/"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
            assertThat(head.headers().firstValue("content-length")).hasValue("7");
            write("index.html", "<p>new");
            assertThat(TestServer.HTTP.send(HttpRequest.newBuilder(server.uri("/index.html"))
                    .header("If-None-Match", tag).build(), BodyHandlers.ofString()).body()).isEqualTo("<p>new");
        }
    }
}
