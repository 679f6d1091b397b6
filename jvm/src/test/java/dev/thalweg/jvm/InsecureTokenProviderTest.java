package dev.thalweg.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsecureTokenProviderTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_795_198_256_789L));
    private static final JsonObject USER = JsonObject.builder().put("id", "16819d4e-d2b2-456d-b1e4-75c79f8f7191")
            .put("name", "16819d4e-d2b2").build();

    @Test
    void aTokenHasTheBytesThatTheStockClientMakes() {
        /* A token that fluid-framework's tinylicious-client sent, byte for byte. */
        assertThat(new InsecureTokenProvider("12345", USER, Scopes.ALL, CLOCK)
                .sign("tinylicious", "e6877f75-5162-4c2d-905a-107fa5f4e2aa")).isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJkb2N1bWVudElkIjoiZTY4NzdmNzUtNTE2Mi00YzJkLTkwNWEtMTA3"
                                + "ZmE1ZjRlMmFhIiwic2NvcGVzIjpbImRvYzpyZWFkIiwiZG9jOndyaXRlIiwic3VtbWFyeTp3cml0ZSJdLCJ0"
                                + "ZW5hbnRJZCI6InRpbnlsaWNpb3VzIiwidXNlciI6eyJpZCI6IjE2ODE5ZDRlLWQyYjItNDU2ZC1iMWU0LTc1"
                                + "Yzc5ZjhmNzE5MSIsIm5hbWUiOiIxNjgxOWQ0ZS1kMmIyIn0sImlhdCI6MTc5NTE5ODI1NiwiZXhwIjoxNzk1"
                                + "MjAxODU2LCJ2ZXIiOiIxLjAifQ.qcQ_CWkCWMQwNOd_tI-qOyNagWF6sbTYmllDO5sF3Fw");
    }

    @Test
    void scopesAndUserAreAsGiven() {
        String token = new InsecureTokenProvider("k", JsonObject.of("id", JsonValue.of("u")), List.of(Scopes.READ),
                CLOCK)
                .sign("t", "");
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(claims).isEqualTo("{\"documentId\":\"\",\"scopes\":[\"doc:read\"],\"tenantId\":\"t\",\"user\":"
                + "{\"id\":\"u\"},\"iat\":1795198256,\"exp\":1795201856,\"ver\":\"1.0\"}");
    }

    @Test
    void aUserWithoutAnIdAndAnEmptyKeyAreRefused() {
        assertThatThrownBy(() -> new InsecureTokenProvider("k", JsonObject.EMPTY, List.of(), CLOCK))
                .hasMessageContaining("id");
        assertThatThrownBy(() -> new InsecureTokenProvider("", "Ada")).isInstanceOf(IllegalArgumentException.class);
    }
}
