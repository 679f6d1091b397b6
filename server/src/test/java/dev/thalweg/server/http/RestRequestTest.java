package dev.thalweg.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestRequestTest {
    private static final Map<String, String> RESTLESS = Map.of("content-type",
            "application/X-www-form-urlencoded ; RESTLESS", "host", "here");

    @Test
    void readsPathAndQueryDecoded() throws Exception {
        RestRequest request = RestRequest.read("GET", "/a%20b//c/?from=1&to=2%263&from=9&flag&x=a+b", Map.of(), "");
        assertThat(request.path()).containsExactly("a b", "c");
        assertThat(request.query()).containsEntry("from", "1").containsEntry("to", "2&3").containsEntry("flag", "")
                .containsEntry("x", "a b");
        assertThat(request.number("from", -1)).isEqualTo(1);
        assertThat(request.number("none", -1)).isEqualTo(-1);
        assertThatThrownBy(() -> request.number("to", 0)).isInstanceOf(ProtocolException.class)
                .hasMessage("to must be a whole number, was '2&3'");
    }

    @Test
    void unwrapsWhatTheStockDriverWraps() throws Exception {
        RestRequest request = RestRequest.read("POST", "/x?y=z", RESTLESS,
                "method=get&header=Authorization%3A+Basic%20abc&header=X-Other%3a1&body=%7B%22a%22%3A%22%2B%26%22%7D");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.header("authorization")).isEqualTo("Basic abc");
        assertThat(request.header("x-other")).isEqualTo("1");
        assertThat(request.header("host")).isEqualTo("here");
        assertThat(request.json().string("a")).isEqualTo("+&");
        assertThat(request.query()).containsEntry("y", "z");
    }

    @Test
    void takesAFormWithoutTheWordForWhatItIs() throws Exception {
        RestRequest request = RestRequest.read("POST", "/", Map.of("content-type", "application/x-www-form-urlencoded"),
                "method=GET");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isEqualTo("method=GET");
    }

    @Test
    void refusesWhatIsBrokenlyEncoded() {
        assertThatThrownBy(() -> RestRequest.read("GET", "/%zz", Map.of(), "")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> RestRequest.read("GET", "/?a=%", Map.of(), "")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> RestRequest.read("POST", "/", RESTLESS, "header=nocolon"))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("nocolon");
    }
}
