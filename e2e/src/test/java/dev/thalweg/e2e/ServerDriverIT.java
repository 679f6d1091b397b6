package dev.thalweg.e2e;

import dev.thalweg.server.ServerException;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.storage.MemoryStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our driver against our service. */
class ServerDriverIT extends DriverContract {
    private static ThalwegServer server;

    @BeforeAll
    static void start() throws ServerException {
        server = ThalwegServer.start(ServerOptions.DEFAULT.withAddress("127.0.0.1", 0), new MemoryStore());
    }

    @AfterAll
    static void stop() throws ServerException {
        server.close();
    }

    @Override
    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    int missingDocument() {
        return 404;
    }
}
