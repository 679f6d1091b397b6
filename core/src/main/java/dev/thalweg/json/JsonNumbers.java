package dev.thalweg.json;

/**
 * Numbers to decimal text and back, exactly as JavaScript does it: the shortest digits that read back as the same
 * double (ECMA-262, Number::toString), and the double nearest to the digits given, ties to even.
 */
/*
 * The platforms' own conversions are not used: they differ in the last digit between targets, and two replicas must
 * not. Nearly all numbers that occur take the fast paths, which need a handful of double operations:
 *
 * - Up to 15 digits are always exact. If m < 10^15 and k <= 22, then m and 10^k are doubles without error, and IEEE
 *   division rounds m / 10^k correctly. So if m / 10^k == d then "m e-k" reads back as d; and since no two decimals of
 *   at most 15 digits read as the same double, the first k for which that holds gives the shortest text.
 * - The same argument reads up to 15 digits with an exponent of at most 22.
 *
 * The rest goes through whole numbers of any size: Steele and White's digit generation (1990) with the half-way
 * points included when the mantissa is even, and long division, 53 bits and a remainder, for reading.
 */
final class JsonNumbers {
    private static final double[] POWERS = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private JsonNumbers() {}

    /** The text of a finite number. */
    static String toString(double number) {
        if (number == (int) number) {
            return Integer.toString((int) number);
        }
        double magnitude = Math.abs(number);
        String sign = number < 0 ? "-" : "";
        if (magnitude < 1e15 && magnitude >= 1e-6) {
            for (int k = 0; k <= 20; k++) {
                double scaled = magnitude * POWERS[k] + 0.5;
                if (scaled >= 1e15) {
                    break;
                }
                double digits = Math.floor(scaled);
                if (digits / POWERS[k] == magnitude) {
                    String text = Long.toString((long) digits);
                    return sign + layOut(text, text.length() - k);
                }
            }
        }
        return sign + exactly(magnitude);
    }

    private static String exactly(double magnitude) {
        long bits = Double.doubleToLongBits(magnitude);
        int biased = (int) (bits >>> 52);
        long fraction = bits & 0xFFFFFFFFFFFFFL;
        long mantissa = biased == 0 ? fraction : fraction | 1L << 52;
        int exponent = (biased == 0 ? 1 : biased) - 1075;
        boolean even = (mantissa & 1) == 0;
        boolean narrowBelow = fraction == 0 && biased > 1;
        int twice = narrowBelow ? 2 : 1;

        // The number is rest / scale; above and below are half the distances to its neighbours, over scale as well.
        BigNatural rest = new BigNatural(mantissa).shiftLeft(twice + Math.max(exponent, 0));
        BigNatural scale = new BigNatural(1).shiftLeft(twice + Math.max(-exponent, 0));
        BigNatural below = new BigNatural(1).shiftLeft(Math.max(exponent, 0));
        BigNatural above = new BigNatural(1).shiftLeft(Math.max(exponent, 0) + twice - 1);

        int bitLength = 64 - Long.numberOfLeadingZeros(mantissa);
        int point = (int) Math.ceil((exponent + bitLength - 1) * 0.30102999566398120 - 1e-10);
        if (point > 0) {
            scale.multiplyByPowerOfTen(point);
        } else {
            rest.multiplyByPowerOfTen(-point);
            below.multiplyByPowerOfTen(-point);
            above.multiplyByPowerOfTen(-point);
        }
        if (reaches(rest.copy().add(above), scale, even)) {
            point++;
        } else {
            rest.multiplyAdd(10, 0);
            below.multiplyAdd(10, 0);
            above.multiplyAdd(10, 0);
        }

        StringBuilder digits = new StringBuilder();
        while (true) {
            int digit = 0;
            while (rest.compareTo(scale) >= 0) {
                rest.subtract(scale);
                digit++;
            }
            int low = rest.compareTo(below);
            boolean lowEnough = low < 0 || even && low == 0;
            boolean highEnough = reaches(rest.copy().add(above), scale, even);
            if (lowEnough || highEnough) {
                boolean up = highEnough && (!lowEnough || nearerAbove(rest, scale, digit));
                digits.append((char) ('0' + digit + (up ? 1 : 0)));
                return layOut(digits.toString(), point);
            }
            digits.append((char) ('0' + digit));
            rest.multiplyAdd(10, 0);
            below.multiplyAdd(10, 0);
            above.multiplyAdd(10, 0);
        }
    }

    /** Whether the digit above is nearer; of two that are as near, the even one is taken. */
    private static boolean nearerAbove(BigNatural rest, BigNatural scale, int digit) {
        int half = rest.copy().multiplyAdd(2, 0).compareTo(scale);
        return half > 0 || half == 0 && (digit & 1) == 1;
    }

    private static boolean reaches(BigNatural value, BigNatural bound, boolean inclusive) {
        int order = value.compareTo(bound);
        return order > 0 || inclusive && order == 0;
    }

    /** Puts the decimal point after so many digits, or an exponent, by the rules of Number::toString. */
    private static String layOut(String digits, int point) {
        int count = digits.length();
        if (point > 21 || point <= -6) {
            String exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
            return count == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
        }
        if (point >= count) {
            return digits + "0".repeat(point - count);
        }
        if (point > 0) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        return "0." + "0".repeat(-point) + digits;
    }

    /** Reads the number between two offsets, whose grammar has been checked. */
    static double parse(String text, int start, int end) throws ProtocolException {
        boolean negative = text.charAt(start) == '-';
        int at = negative ? start + 1 : start;
        double fast = 0;
        int count = 0;
        int scale = 0;
        boolean afterPoint = false;
        int digitsFrom = at;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c == '.') {
                afterPoint = true;
            } else if (c >= '0' && c <= '9') {
                if (count < 15) {
                    fast = fast * 10 + (c - '0');
                }
                if (count > 0 || c != '0') {
                    count++;
                }
                scale -= afterPoint ? 1 : 0;
            } else {
                break;
            }
        }
        int digitsTo = at;
        int exponent = scale + (at < end ? exponent(text, at + 1, end) : 0);
        double magnitude;
        if (count <= 15 && exponent >= -22 && exponent <= 22) {
            magnitude = exponent < 0 ? fast / POWERS[-exponent] : fast * POWERS[exponent];
        } else {
            magnitude = count == 0 ? 0 : exactly(text, digitsFrom, digitsTo, count, exponent);
        }
        if (Double.isInfinite(magnitude)) {
            throw new ProtocolException("JSON: number out of range at offset " + start + ", the limit is 1.8e308");
        }
        return negative ? -magnitude : magnitude;
    }

    /** The written exponent, cut off where the result is 0 or out of range anyway. */
    private static int exponent(String text, int from, int end) {
        boolean negative = text.charAt(from) == '-';
        int at = negative || text.charAt(from) == '+' ? from + 1 : from;
        int exponent = 0;
        for (; at < end; at++) {
            exponent = Math.min(exponent * 10 + (text.charAt(at) - '0'), 100_000_000);
        }
        return negative ? -exponent : exponent;
    }

    private static double exactly(String text, int from, int to, int count, int exponent) {
        if (exponent + count > 310) {
            return Double.POSITIVE_INFINITY;
        }
        if (exponent + count < -330) {
            return 0;
        }
        // No more than 770 digits decide; what follows only matters by being more than nothing.
        BigNatural numerator = new BigNatural(0);
        int used = 0;
        int power = exponent;
        boolean more = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.' || used == 0 && c == '0') {
                continue;
            }
            if (used < 800) {
                numerator.multiplyAdd(10, c - '0');
                used++;
            } else {
                more |= c != '0';
                power++;
            }
        }
        if (more) {
            numerator.multiplyAdd(10, 1);
            power--;
        }
        BigNatural denominator = new BigNatural(1);
        if (power >= 0) {
            numerator.multiplyByPowerOfTen(power);
        } else {
            denominator.multiplyByPowerOfTen(-power);
        }
        return divide(numerator, denominator);
    }

    private static double divide(BigNatural numerator, BigNatural denominator) {
        int binary = numerator.bitLength() - denominator.bitLength();
        if (compareShifted(numerator, denominator, binary) < 0) {
            binary--;
        }
        // Now 2^binary <= numerator / denominator < 2^(binary + 1). Numbers below 2^-1022 have fewer bits.
        int leading = Math.max(binary, -1022);
        BigNatural rest = leading < 0 ? numerator.shiftLeft(-leading) : numerator;
        BigNatural divisor = leading > 0 ? denominator.shiftLeft(leading) : denominator;
        long mantissa = 0;
        for (int i = 0; i < 53; i++) {
            mantissa <<= 1;
            if (rest.compareTo(divisor) >= 0) {
                rest.subtract(divisor);
                mantissa |= 1;
            }
            rest.shiftLeft(1);
        }
        int half = rest.compareTo(divisor);
        if (half > 0 || half == 0 && (mantissa & 1) == 1) {
            mantissa++;
        }
        if (mantissa == 1L << 53) {
            mantissa >>= 1;
            leading++;
        }
        if (leading > 1023) {
            return Double.POSITIVE_INFINITY;
        }
        boolean normal = mantissa >= 1L << 52;
        long bits = normal ? (long) (leading + 1023) << 52 | mantissa & 0xFFFFFFFFFFFFFL : mantissa;
        return Double.longBitsToDouble(bits);
    }

    private static int compareShifted(BigNatural numerator, BigNatural denominator, int shift) {
        return shift >= 0
                ? numerator.compareTo(denominator.copy().shiftLeft(shift))
                : numerator.copy().shiftLeft(-shift).compareTo(denominator);
    }
}
