package dev.thalweg.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Valid frames with random faults: a codec throws {@link ProtocolException} or nothing, a session never throws. */
class WireFuzzTest {
    private static final int CASES = 60_000;
    private static final String ALPHABET = "0123456789[]{}\",:\\/-+.eEtrufalsn \t\n\u0000\u2028é\ud83d\ude00\ud800b";
    private static final List<String> FRAMES = List.of("2", "3probe", "1", "6", "40", "41",
            "40{\"sid\":\"OJtgr6gqUW\"}",
            "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}",
            "420[\"ping\"]", "430[]", "42/admin,12[\"x\"]", "44{\"message\":\"x\"}",
            "42[\"connect_document\",{\"client\":{\"details\":{\"capabilities\":{\"interactive\":true},\"type\":\"x\"},"
                    + "\"permission\":[],\"scopes\":[\"a\"],\"user\":{\"id\":\"\"},\"mode\":\"write\"},\"id\":\"d\","
                    + "\"mode\":\"write\",\"tenantId\":\"t\",\"token\":\"a.b.c\",\"versions\":[\"^0.4.0\"],"
                    + "\"supportedFeatures\":{\"submit_signals_v2\":true}}]",
            "42[\"submitOp\",\"c\",[[{\"contents\":\"{\\\"n\\\":1}\",\"metadata\":{\"batch\":true},"
                    + "\"referenceSequenceNumber\":1,\"type\":\"op\",\"clientSequenceNumber\":1}]]]",
            "42[\"submitSignal\",\"c\",[{\"content\":\"x\",\"targetClientId\":\"d\"}]]",
            "42[\"submitSignal\",\"c\",[[\"a\"],\"b\"]]",
            "42[\"op\",\"d\",[{\"clientId\":null,\"clientSequenceNumber\":-1,\"contents\":null,"
                    + "\"minimumSequenceNumber\":0,\"referenceSequenceNumber\":-1,\"sequenceNumber\":1,"
                    + "\"timestamp\":1795199245052,\"type\":\"join\",\"data\":\"{}\"}]]",
            "42[\"nack\",\"\",[{\"sequenceNumber\":-1,\"content\":{\"code\":400,\"type\":\"BadRequestError\","
                    + "\"message\":\"m\",\"retryAfter\":1}}]]",
            "42[\"signal\",{\"clientId\":\"c\",\"content\":\"x\"}]",
            "42[\"connect_document_error\",{\"code\":403,\"message\":\"m\"}]",
            "42[\"connect_document_success\",{\"claims\":{\"documentId\":\"d\",\"scopes\":[],\"tenantId\":\"t\","
                    + "\"user\":{\"id\":\"u\"},\"iat\":1,\"exp\":2,\"ver\":\"1.0\"},\"clientId\":\"c\",\"existing\":true,"
                    + "\"maxMessageSize\":16384,\"mode\":\"write\",\"serviceConfiguration\":{\"blockSize\":64436,"
                    + "\"maxMessageSize\":16384},\"initialClients\":[{\"clientId\":\"e\",\"client\":{}}],"
                    + "\"initialMessages\":[],\"initialSignals\":[{\"content\":\"x\"}],\"supportedVersions\":[],"
                    + "\"version\":\"^0.4.0\",\"timestamp\":1}]");

    @Test
    void faultsNeverEscape() {
        long seed = Long.getLong("thalweg.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            String frame = mutate(random, FRAMES.get(random.nextInt(FRAMES.size())));
            try {
                refused += codecs(frame) ? 0 : 1;
                sessions(frame);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("-Dthalweg.seed=" + seed + " case " + i + ": " + frame, e);
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(CASES / 20, CASES);
    }

    private static boolean codecs(String frame) {
        try {
            EngineIoPacket packet = EngineIoPacket.read(frame);
            if (!(packet instanceof EngineIoPacket.Open)) {
                assertThat(packet.write()).isEqualTo(frame);
            }
            if (packet instanceof EngineIoPacket.Message message) {
                SocketIoPacket inner = SocketIoPacket.read(message.data());
                assertThat(SocketIoPacket.read(inner.write())).isEqualTo(inner);
            }
            return true;
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static void sessions(String frame) {
        SocketIoServerSession server = new SocketIoServerSession("s", SocketIoTiming.DEFAULT, 0);
        server.received("40", 0);
        assertThat(server.received(frame, 1)).hasSizeLessThan(2);
        SocketIoClientSession client = new SocketIoClientSession(JsonLimits.DEFAULT);
        client.received(FRAMES.get(7), 0);
        client.received("40", 0);
        assertThat(client.received(frame, 1)).hasSizeLessThan(2);
    }

    private static String mutate(SplittableRandom random, String frame) {
        StringBuilder text = new StringBuilder(frame);
        for (int faults = random.nextInt(4); faults > 0; faults--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.delete(at, end);
                case 2 -> text.replace(at, end, String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))));
                case 3 -> text.insert(at, text.substring(at, end));
                case 4 -> text.setLength(at);
                default -> {
                    String other = FRAMES.get(random.nextInt(FRAMES.size()));
                    text.insert(at, other, random.nextInt(other.length()), other.length());
                }
            }
        }
        return text.toString();
    }
}
