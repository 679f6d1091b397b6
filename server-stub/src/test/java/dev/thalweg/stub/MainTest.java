package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's command line. */
class MainTest {
    @TempDir
    Path data;

    private static void fails(int status, String message, String... arguments) throws Exception {
        Process process = ServerProcess.launch(List.of(arguments));
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains(message);
        assertThat(process.exitValue()).isEqualTo(status);
    }

    private static HttpResponse<String> post(ServerProcess process, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(process.address() + path))
                .POST(BodyPublishers.ofString("{\"document\":\"d\"}")).build(), BodyHandlers.ofString());
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        fails(2, "--memory and --data exclude each other", "--memory", "--data", data.toString());
        fails(2, "--tenant must be ID:KEY, was 'nokey'", "--tenant", "nokey", "--memory");
        fails(2, "--rate must be at least 1, was 0", "--rate", "0", "--memory");
        fails(2, "--max-sockets must be at least 1, was 0", "--max-sockets", "0", "--memory");
    }

    @Test
    void saysThatItsPortOrItsDataIsInUse() throws Exception {
        try (ServerProcess process = ServerProcess.start(0, data)) {
            int port = URI.create(process.address()).getPort();
            fails(1, "cannot listen on 127.0.0.1:" + port, "--port", String.valueOf(port), "--memory");
            fails(1, "another process uses the data in", "--port", "0", "--data", data.toString());
        }
    }

    @Test
    void givesTokensAwayOnlyWhereTheKeyIsPublicAnyhow() throws Exception {
        try (ServerProcess open = ServerProcess.start(0, data.resolve("a"))) {
            assertThat(post(open, "api/demo/token").body()).contains("\"tenantId\":\"tinylicious\"");
        }
        try (ServerProcess closed = ServerProcess.start(0, data.resolve("b"), "--tenant", "acme:secret")) {
            assertThat(post(closed, "api/demo/token").statusCode()).isEqualTo(404);
            assertThat(post(closed, "api/demo/jvm-client").statusCode()).isEqualTo(404);
        }
        try (ServerProcess demo = ServerProcess.start(0, data.resolve("c"), "--tenant", "acme:secret", "--demo")) {
            assertThat(post(demo, "api/demo/token").body()).contains("\"tenantId\":\"acme\"");
        }
    }
}
