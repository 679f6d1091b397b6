package dev.thalweg.jvm.messenger;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How two nodes make sure of each other before a message goes over a connection. */
/*
 *   acceptor                                     connector
 *     mark (4 bytes), nonce (16)  →
 *       ←  nonce (16), its name, the name it calls (1 byte length, UTF-8 each), proof (32)
 *     ACCEPTED, proof (32)  →
 *       ←  frames: length (4, the highest first), message; length 0 is a ping
 *     ALIVE for each ping  →
 *     FAULT, length (2), text (UTF-8), and the end, when something is wrong  →
 *
 * A proof is an HMAC with SHA-256 of a word for the direction, both nonces and both names, so neither side can be made to
 * prove for somebody else, and an old conversation proves nothing.
 */
final class Handshake {
    static final int ACCEPTED = 0x41;
    static final int ALIVE = 0;
    static final int FAULT = 1;
    /** UTF-8 bytes of a node's name. */
    static final int MAX_NAME = 255;

    private static final int MARK = 0x54574D31;
    private static final int NONCE = 16;
    private static final int PROOF = 32;
    private static final int MAX_FAULT = 1000;
    private static final SecureRandom CHANCE = new SecureRandom();

    private final byte[] secret;

    /** The other side did what it may not. The message says what, for both sides. */
    static final class FaultException extends IOException {
        private static final long serialVersionUID = 1;

        FaultException(String message) {
            super(message);
        }
    }

    Handshake(byte[] secret) {
        this.secret = secret;
    }

    /** The acceptor's part. @return the name of the node that called */
    String accept(String self, DataInputStream in, DataOutputStream out) throws IOException {
        byte[] mine = nonce();
        out.writeInt(MARK);
        out.write(mine);
        out.flush();
        byte[] theirs = read(in, NONCE);
        String from = readName(in);
        String to = readName(in);
        byte[] proof = read(in, PROOF);
        if (!MessageDigest.isEqual(proof, proof("call", mine, theirs, from, to))) {
            throw new FaultException("the secret is not the same on both sides");
        }
        if (!to.equals(self)) {
            throw new FaultException("node " + from + " called " + to + ", and this is " + self);
        }
        out.writeByte(ACCEPTED);
        out.write(proof("answer", theirs, mine, to, from));
        out.flush();
        return from;
    }

    /** The connector's part. @param to whom it means to reach */
    void connect(String self, String to, DataInputStream in, DataOutputStream out) throws IOException {
        if (in.readInt() != MARK) {
            throw new FaultException("what answers there is no messenger of this version");
        }
        byte[] theirs = read(in, NONCE);
        byte[] mine = nonce();
        out.write(mine);
        writeName(out, self);
        writeName(out, to);
        out.write(proof("call", theirs, mine, self, to));
        out.flush();
        int answer = in.readUnsignedByte();
        if (answer == FAULT) {
            throw new FaultException("it refused: " + readFault(in));
        }
        byte[] proof = read(in, PROOF);
        if (answer != ACCEPTED || !MessageDigest.isEqual(proof, proof("answer", mine, theirs, to, self))) {
            throw new FaultException("what answers there does not know the secret");
        }
    }

    static void writeFault(DataOutputStream out, String text) throws IOException {
        out.writeByte(FAULT);
        byte[] bytes = text.substring(0, Math.min(MAX_FAULT, text.length())).getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
        out.flush();
    }

    static String readFault(DataInputStream in) throws IOException {
        return new String(read(in, in.readUnsignedShort()), StandardCharsets.UTF_8);
    }

    static byte[] name(String node) {
        byte[] bytes = node.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a node's name has 1 to " + MAX_NAME + " bytes, " + node + " has " + bytes.length);
        }
        return bytes;
    }

    private static void writeName(DataOutputStream out, String node) throws IOException {
        byte[] bytes = name(node);
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static String readName(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        try {
            String name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read(in, length))).toString();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (CharacterCodingException e) {
            throw new FaultException("a name is not UTF-8");
        }
        throw new FaultException("a name has at least 1 byte");
    }

    private static byte[] read(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        CHANCE.nextBytes(nonce);
        return nonce;
    }

    /* Lengths before texts, so that no two different things are proven by the same bytes. */
    private byte[] proof(String word, byte[] one, byte[] other, String from, String to) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (byte[] part : new byte[][] {word.getBytes(StandardCharsets.UTF_8), one, other, name(from), name(to)}) {
                mac.update((byte) part.length);
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
