package dev.thalweg.e2e;

import dev.thalweg.server.ServerException;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.storage.MemoryStore;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Java and Fluid's client in one document of our service. */
class ServerMixedIT extends MixedPartsContract {
    private static ThalwegServer server;
    private static StockClient stock;

    @BeforeAll
    static void start() throws ServerException, IOException, InterruptedException {
        server = ThalwegServer.start(ServerOptions.DEFAULT.withAddress("127.0.0.1", 0), new MemoryStore());
        stock = StockClient.start(server.port(), "with-server");
    }

    @AfterAll
    static void stop() throws ServerException, IOException, InterruptedException {
        if (stock != null) {
            stock.close();
        }
        server.close();
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    StockClient stock() {
        return stock;
    }
}
