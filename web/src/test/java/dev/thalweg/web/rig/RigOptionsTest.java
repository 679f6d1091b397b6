package dev.thalweg.web.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;

class RigOptionsTest {
    @Test
    void whatIsOutOfRangeIsBroughtIntoIt() throws ProtocolException {
        RigOptions options = RigOptions.read("{\"latency\":99999,\"clients\":7,\"structures\":[\"map\"]}", 300);
        assertThat(options.latency()).isEqualTo(RigOptions.MAX_LATENCY);
        assertThat(options.clients()).isEqualTo(3);
        assertThat(options.structures()).containsExactly("map");
        assertThat(RigOptions.read("{\"latency\":-5}", 300).latency()).isZero();
        assertThat(RigOptions.read("{\"latency\":null}", 300).latency()).isZero();
    }

    @Test
    void whatIsNotGivenIsTheUsual() throws ProtocolException {
        RigOptions options = RigOptions.read("{}", 300);
        assertThat(options.latency()).isEqualTo(300);
        assertThat(options.clients()).isEqualTo(2);
        assertThat(options.document()).isEmpty();
        assertThat(options.loopback()).isFalse();
    }

    @Test
    void theServiceIsTheOneNamedElseTheSitesOwn() throws ProtocolException {
        assertThat(RigOptions.read("{\"base\":\"https://demo.example/\"}", 0).service())
                .isEqualTo("https://demo.example");
        assertThat(RigOptions.read("{\"server\":\"wss://other.example/\",\"base\":\"https://x/\"}", 0).service())
                .isEqualTo("https://other.example");
        assertThat(RigOptions.read("{\"server\":\"ws://localhost:7070\"}", 0).service())
                .isEqualTo("http://localhost:7070");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> RigOptions.read("[]", 0)).isInstanceOf(ProtocolException.class);
    }
}
