package dev.thalweg.loopback;

import dev.thalweg.bytes.Hex;
import dev.thalweg.platform.Ids;

/**
 * Chance that can be had again: equal seeds give equal ids, on every target. A 32 bit xorshift generator (Marsaglia,
 * 2003), which is plenty for tests and nothing for secrets.
 */
public final class LoopbackIds implements Ids {
    private int state;

    /** Starts from a seed. */
    public LoopbackIds(int seed) {
        // Seeds that are near each other shall not begin alike, and zero is where a xorshift would stay.
        int spread = (seed + 1) * 0x9E3779B1;
        this.state = spread == 0 ? 1 : spread;
        for (int i = 0; i < 8; i++) {
            next();
        }
    }

    @Override
    public String uuid() {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 16; i += 4) {
            int bits = next();
            bytes[i] = (byte) (bits >>> 24);
            bytes[i + 1] = (byte) (bits >>> 16);
            bytes[i + 2] = (byte) (bits >>> 8);
            bytes[i + 3] = (byte) bits;
        }
        bytes[6] = (byte) (bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3F | 0x80);
        String hex = Hex.encode(bytes);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    @Override
    public double fraction() {
        return (next() >>> 1) / 2147483648.0;
    }

    /** A whole number from 0 inclusive to a bound exclusive. */
    public int below(int bound) {
        return (int) Math.floor(fraction() * bound);
    }

    private int next() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state * 0x85EBCA6B;
    }
}
