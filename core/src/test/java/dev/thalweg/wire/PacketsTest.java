package dev.thalweg.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketsTest {
    @Test
    void theFirstFrameOfTinyliciousIsReadAndSpelledTheSame() throws ProtocolException {
        String frame = "0{\"sid\":\"VExaKa9v95aYJ6tIAAAD\",\"upgrades\":[],\"pingInterval\":25000,"
                + "\"pingTimeout\":20000,\"maxPayload\":1000000}";
        EngineIoPacket packet = EngineIoPacket.read(frame);
        assertThat(packet).isEqualTo(new EngineIoPacket.Open("VExaKa9v95aYJ6tIAAAD", SocketIoTiming.DEFAULT));
        assertThat(packet.write()).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "2probe", "3", "3probe", "4", "40", "6"})
    void enginePacketsComeBackAsTheyWere(String frame) throws ProtocolException {
        assertThat(EngineIoPacket.read(frame).write()).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "7", "x", "1x", "6 ", "0", "0[]", "0{}", "0{\"sid\":\"a\"}",
        "0{\"sid\":\"a\",\"pingInterval\":0,\"pingTimeout\":1}", "0{\"sid\":1,\"pingInterval\":1,\"pingTimeout\":1}",
        "0{\"sid\":\"a\",\"pingInterval\":1.5,\"pingTimeout\":1}",
        "0{\"sid\":\"a\",\"pingInterval\":1,\"pingTimeout\":1}x",
        "bAAAA", "\u0000"})
    void brokenEnginePacketsAreRefused(String frame) {
        assertThatThrownBy(() -> EngineIoPacket.read(frame)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0{\"sid\":\"abc\"}", "0/admin,", "0/admin,{\"token\":\"123\"}", "1", "1/admin,",
        "2[\"hello\",1]", "2/admin,456[\"project:delete\",123]", "20[\"ping\"]", "30[]", "3/admin,456[]",
        "4{\"message\":\"Not authorized\"}", "4\"Not authorized\"", "4/admin,{\"message\":\"x\"}"})
    void socketPacketsComeBackAsTheyWere(String packet) throws ProtocolException {
        assertThat(SocketIoPacket.read(packet).write()).isEqualTo(packet);
    }

    @Test
    void socketPacketsAreTakenApart() throws ProtocolException {
        assertThat(SocketIoPacket.read("2/a/b,007[\"x\",{}]"))
                .isEqualTo(new SocketIoPacket.Event("/a/b", 7, "[\"x\",{}]"));
        assertThat(SocketIoPacket.read("0")).isEqualTo(new SocketIoPacket.Connect("/", null));
        assertThat(SocketIoPacket.read("1/a")).isEqualTo(new SocketIoPacket.Disconnect("/a"));
        assertThat(SocketIoPacket.read("312[1, 2]")).isEqualTo(new SocketIoPacket.Ack("/", 12, new RawJson("[1, 2]")));
        assertThat(SocketIoPacket.read("2[1]")).isEqualTo(new SocketIoPacket.Event("/", -1, "[1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "x", "2", "2{}", "2\"a\"", "2 []", "3[]", "31", "31{}", "31[", "31[]]", "00{}",
        "05",
        "0[]", "0{", "1[]", "15", "4", "4[]", "4{", "4\"", "41{}", "51-[\"x\"]", "61-1[]", "20123456789[\"x\"]"})
    void brokenSocketPacketsAreRefused(String packet) {
        assertThatThrownBy(() -> SocketIoPacket.read(packet)).isInstanceOf(ProtocolException.class);
    }
}
