package dev.thalweg.server;

import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server for each test, with one document and a token for all of it. */
abstract class OneDocument {
    TestServer server;
    String document;
    String token;

    @BeforeEach
    void setUp() throws Exception {
        server = TestServer.start();
        document = server.create();
        token = TestTokens.of(document, Scopes.ALL);
    }

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }
}
