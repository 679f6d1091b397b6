package dev.thalweg.e2e;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Java and Fluid's client in one document of Fluid's own service. */
class TinyliciousMixedIT extends MixedPartsContract {
    private static Tinylicious service;
    private static StockClient stock;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = Tinylicious.start();
        stock = StockClient.start(service.port(), "with-tinylicious");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (stock != null) {
            stock.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Override
    int port() {
        return service.port();
    }

    @Override
    StockClient stock() {
        return stock;
    }
}
