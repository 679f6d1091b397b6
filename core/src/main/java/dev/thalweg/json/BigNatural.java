package dev.thalweg.json;

import java.util.Arrays;

/** A natural number of any size, changeable, with just what exact decimal conversion needs. Limbs of 16 bits, low first. */
final class BigNatural {
    private int[] limbs = new int[8];
    private int size;

    BigNatural(long value) {
        for (long rest = value; rest != 0; rest >>>= 16) {
            push((int) (rest & 0xFFFF));
        }
    }

    private BigNatural() {}

    BigNatural copy() {
        BigNatural copy = new BigNatural();
        copy.limbs = Arrays.copyOf(limbs, limbs.length);
        copy.size = size;
        return copy;
    }

    boolean isZero() {
        return size == 0;
    }

    int bitLength() {
        return size == 0 ? 0 : size * 16 - (Integer.numberOfLeadingZeros(limbs[size - 1]) - 16);
    }

    /** This times a factor below 2^15, plus a summand below 2^15. */
    BigNatural multiplyAdd(int factor, int summand) {
        int carry = summand;
        for (int i = 0; i < size; i++) {
            int product = limbs[i] * factor + carry;
            limbs[i] = product & 0xFFFF;
            carry = product >>> 16;
        }
        if (carry != 0) {
            push(carry);
        }
        return this;
    }

    BigNatural multiplyByPowerOfTen(int exponent) {
        int rest = exponent;
        for (; rest >= 4; rest -= 4) {
            multiplyAdd(10000, 0);
        }
        for (; rest > 0; rest--) {
            multiplyAdd(10, 0);
        }
        return this;
    }

    BigNatural shiftLeft(int bits) {
        if (size == 0 || bits == 0) {
            return this;
        }
        int words = bits >> 4;
        int within = bits & 15;
        int[] shifted = new int[size + words + 1];
        for (int i = 0; i < size; i++) {
            int wide = limbs[i] << within;
            shifted[i + words] |= wide & 0xFFFF;
            shifted[i + words + 1] = wide >>> 16;
        }
        limbs = shifted;
        size = shifted.length;
        trim();
        return this;
    }

    BigNatural add(BigNatural other) {
        int carry = 0;
        for (int i = 0; i < other.size || carry != 0; i++) {
            int sum = carry + (i < other.size ? other.limbs[i] : 0) + (i < size ? limbs[i] : 0);
            if (i < size) {
                limbs[i] = sum & 0xFFFF;
            } else {
                push(sum & 0xFFFF);
            }
            carry = sum >>> 16;
        }
        return this;
    }

    /** This less a number that is not larger. */
    BigNatural subtract(BigNatural other) {
        int borrow = 0;
        for (int i = 0; i < size; i++) {
            int difference = limbs[i] - borrow - (i < other.size ? other.limbs[i] : 0);
            borrow = difference < 0 ? 1 : 0;
            limbs[i] = difference & 0xFFFF;
        }
        trim();
        return this;
    }

    int compareTo(BigNatural other) {
        if (size != other.size) {
            return size < other.size ? -1 : 1;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (limbs[i] != other.limbs[i]) {
                return limbs[i] < other.limbs[i] ? -1 : 1;
            }
        }
        return 0;
    }

    private void push(int limb) {
        if (size == limbs.length) {
            limbs = Arrays.copyOf(limbs, size * 2);
        }
        limbs[size++] = limb;
    }

    private void trim() {
        while (size > 0 && limbs[size - 1] == 0) {
            size--;
        }
    }
}
