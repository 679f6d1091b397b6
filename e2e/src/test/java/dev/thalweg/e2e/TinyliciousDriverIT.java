package dev.thalweg.e2e;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our driver against Fluid's own development service. */
class TinyliciousDriverIT extends DriverContract {
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
    String url() {
        return service.url();
    }

    @Override
    int missingDocument() {
        return 0;
    }
}
