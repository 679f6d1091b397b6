package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdCompressorTest {
    private static final String A = "4a09d617-2d95-4c23-8f9b-31f4f9499122";
    private static final String B = "30c208bc-5d16-49d9-8fb4-a54b7f9a0cb8";

    /** What a stock client stored after two sessions had allocated six and four ids. */
    private static final String STOCK = "\"AAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAikUn59DGbzwhXtlxYJygBuAyaf0ultE92"
            + "WnTxIgjDAAAAAAAAAAAAAAAAAAAIgEAAAAAAAAAYQAAAAAAAAPA/AAAAAAAIgEAAAAAAAAAQQA==\"";

    private final IdCompressor compressor = new IdCompressor();

    @Test
    void allocationsBecomeWhatAStockClientStores() throws ProtocolException {
        allocate(A, 1, 1, 512);
        allocate(B, 1, 1, 512);
        allocate(A, 2, 3, 512);
        allocate(A, 5, 2, 512);
        allocate(B, 2, 3, 512);
        assertThat(compressor.write()).isEqualTo(STOCK);
    }

    @Test
    void whatIsLoadedIsWrittenAndGoesOn() throws ProtocolException {
        compressor.load(STOCK);
        assertThat(compressor.write()).isEqualTo(STOCK);
        assertThat(compressor.changedAt()).isZero();
        allocate(A, 7, 507, 512);
        // Full, and not the last of the space: a new cluster.
        allocate(A, 514, 10, 512);
        // The last of the space: it grows.
        allocate(A, 524, 600, 512);
        // The second cluster of the space is not the last any more.
        allocate(B, 5, 600, 100);
        IdCompressor again = new IdCompressor();
        again.load(compressor.write());
        assertThat(again.write()).isEqualTo(compressor.write());
        again.allocate(range(B, 605, 1, 512), 9);
        again.allocate(range(A, 1_124, 1, 512), 9);
        assertThat(compressor.changedAt()).isEqualTo(9);
    }

    @Test
    void whatIsOutOfOrderEndsIt() throws ProtocolException {
        allocate(A, 1, 4, 512);
        assertThatThrownBy(() -> allocate(A, 6, 1, 512)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("begin at 6 where 5 was due");
        assertThatThrownBy(() -> allocate(A, 5, 1, 512)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("cannot be followed");
    }

    @Test
    void aSessionThatAllocatesNothingIsPassedOver() throws ProtocolException {
        compressor.allocate(JsonObject.of("sessionId", JsonValue.of(A)), 3);
        assertThat(compressor.empty()).isTrue();
        for (String bad : new String[] {"{}", "{\"sessionId\":\"x\"}", "{\"sessionId\":\"" + A + "\",\"ids\":{}}",
            "{\"sessionId\":\"" + A + "\",\"ids\":{\"firstGenCount\":1,\"count\":0,\"requestedClusterSize\":1}}",
            "{\"sessionId\":\"" + A + "\",\"ids\":{\"firstGenCount\":1,\"count\":1,\"requestedClusterSize\":2e6}}"}) {
            JsonObject malformed = JsonCasts.object(JsonValue.parse(bad), "test");
            assertThatThrownBy(() -> new IdCompressor().allocate(malformed, 1)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void whatIsNotUnderstoodIsNotTaken() {
        for (String bad : new String[] {"\"AAAA\"", "1", "\"!\"", "\"\"", STOCK.replace("AAAAAAAAAEAA", "AAAAAAAAFEAA"),
            STOCK.substring(0, STOCK.length() - 13) + "\""}) {
            assertThatThrownBy(() -> new IdCompressor().load(bad)).isInstanceOf(ProtocolException.class);
        }
        compressor.loadOrGiveUp("\"AAAA\"");
        assertThatThrownBy(() -> allocate(A, 1, 1, 1)).isInstanceOf(ProtocolException.class);
    }

    /** Four words: the version, 0, and how many sessions and clusters there are. */
    @ParameterizedTest
    @CsvSource({"1.5, -1, sessions, 1.5", "-3, 2, sessions, -3", "NaN, 0, sessions, null",
        "3, -2, clusters, -2", "1, -0.6666666666666666, clusters, -0.6666666666666666"})
    void aNumberThatCountsNothingIsNamed(double sessions, double clusters, String what, String was) {
        ByteBuffer words = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        words.putDouble(2).putDouble(0).putDouble(sessions).putDouble(clusters);
        String text = "\"" + Base64.getEncoder().encodeToString(words.array()) + "\"";
        assertThatThrownBy(() -> new IdCompressor().load(text)).isInstanceOf(ProtocolException.class)
                .hasMessageEndingWith(what + ", was " + was);
    }

    private void allocate(String session, int first, int count, int size) throws ProtocolException {
        compressor.allocate(range(session, first, count, size), 9);
    }

    private static JsonObject range(String session, int first, int count, int size) {
        return JsonObject.builder().put("sessionId", session)
                .put("ids", JsonObject.builder().put("firstGenCount", first).put("count", count)
                        .put("requestedClusterSize", size).build())
                .build();
    }
}
