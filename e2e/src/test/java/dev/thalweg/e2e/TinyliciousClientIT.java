package dev.thalweg.e2e;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Programs on the JVM over Fluid's own development service. */
class TinyliciousClientIT extends ClientContract {
    private static Tinylicious service;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = Tinylicious.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    @Override
    int port() {
        return service.port();
    }
}
