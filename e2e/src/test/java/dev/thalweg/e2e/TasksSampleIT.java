package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The task list: Fluid's own client in a page, and a service in Java. */
class TasksSampleIT {
    @RegisterExtension
    final Stage stage = new Stage();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void thePageAndTheServiceShareOneList() throws Exception {
        Samples.install("tasks");
        try (SampleProcess sample = Samples.run("tasks",
                List.of("--url", "http://localhost:" + stage.server().port(), "--port", "0"))) {
            String address = sample.says("page ");
            assertThat(post(address, "Mend the weir")).isEqualTo(201);
            assertThat(post(address, "   ")).isEqualTo(400);

            Page page = stage.visit(address, new Browser.NewContextOptions());
            Locator tasks = page.getByRole(AriaRole.LISTITEM);
            assertThat(tasks).hasText(new String[] {"Mend the weir"});

            page.getByLabel("What is to be done").fill("Oil the gate");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add")).click();
            page.getByLabel("Mend the weir").check();
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(get(address)).isEqualTo(
                    "[{\"title\":\"Mend the weir\",\"done\":true},{\"title\":\"Oil the gate\",\"done\":false}]"));

            assertThat(post(address, "Count the eels")).isEqualTo(201);
            assertThat(tasks).hasText(new String[] {"Mend the weir", "Oil the gate", "Count the eels"});
            assertThat(page.getByLabel("Oil the gate")).not().isChecked();
        }
    }

    private int post(String address, String title) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address + "tasks"))
                .POST(HttpRequest.BodyPublishers.ofString(title)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address + "tasks")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
