package dev.thalweg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {
    /** The bits of a double, and how JSON.stringify of Node 20 spells it. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0000000000000000 0",
        "8000000000000000 0",
        "3ff0000000000000 1",
        "bff0000000000000 -1",
        "3fb999999999999a 0.1",
        "3fe0000000000000 0.5",
        "3ff8000000000000 1.5",
        "4059000000000000 100",
        "430c6bf526340000 1000000000000000",
        "4341c37937e08000 10000000000000000",
        "441ac53a7e04bcda 123456789012345680000",
        "4415af1d78b58c40 100000000000000000000",
        "444b1ae4d6e2ef50 1e+21",
        "4454542ba12a337c 1.5e+21",
        "4480f0cf064dd592 1e+22",
        "44b52d02c7e14af6 1e+23",
        "c44b1ae4d6e2ef50 -1e+21",
        "3ee4f8b588e368f1 0.00001",
        "3eb0c6f7a0b5ed8d 0.000001",
        "3e7ad7f29abcaf48 1e-7",
        "3e8421f5f40d8376 1.5e-7",
        "3eb0c6f7a0b5ed8d 0.000001",
        "3eb92a737110e454 0.0000015",
        "0000000000000001 5e-324",
        "0010000000000000 2.2250738585072014e-308",
        "000fffffffffffff 2.225073858507201e-308",
        "7fefffffffffffff 1.7976931348623157e+308",
        "433fffffffffffff 9007199254740991",
        "4340000000000000 9007199254740992",
        "4340000000000000 9007199254740992",
        "4011666666666666 4.35",
        "3fd3333333333333 0.3",
        "3fd3333333333334 0.30000000000000004",
        "3fd5555555555555 0.3333333333333333",
        "3fe5555555555555 0.6666666666666666",
        "7e6ddd4baa009303 1e+301",
        "400921fb54442d18 3.141592653589793",
        "c005bf0a8b145769 -2.718281828459045",
        "40fe240c9fbe76c9 123456.789",
        "54b249ad2594c37d 1e+100",
        "0000000000000001 5e-324",
        "4340000000000000 9007199254740992",
        "4340000000000001 9007199254740994",
        "0000000000000001 5e-324",
        "7fe0000000000000 8.98846567431158e+307",
        "41e0000000000000 2147483648",
        "c1e0000000000000 -2147483648",
        "41dfffffffc00000 2147483647",
        "41f0000000000000 4294967296",
        "3fd3333333333334 0.30000000000000004",
        "3ea0c6f7a0b5ed8d 5e-7",
        "3eb421f5f40d8376 0.0000012",
        "4415af1d78b58c3f 99999999999999980000",
        "444b1ae4d6e2ef4f 999999999999999900000",
        "444dd0c885f9a0d8 1.1e+21",
        "7deb67769db917d9 3.5844466002796428e+298",
        "3d30000000000000 5.684341886080802e-14",
        "3eb0000000000000 9.5367431640625e-7",
        "44dfe185ca57c517 6.02214076e+23",
        "0040000000000000 1.7800590868057611e-307",
        "3e60000000000000 2.9802322387695312e-8",
        "3ddb7cdfd9d7bdbb 1e-10",
        "3c36b082c2148b8e 1.23e-18",
        "3ee4f8b588e368f1 0.00001",
        "43e56a95319d63e1 12345678901234567000",
        "417fca0555555555 33333333.333333332",
        "41b1de784a000000 299792458",
        "430c6bf526340002 1000000000000000.2",
        "4330000000000002 4503599627370498"})
    void spellsAsJavaScriptDoes(String line) throws Exception {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(line.substring(0, 16), 16));
        String text = line.substring(17);
        assertThat(JsonNumbers.toString(number)).isEqualTo(text);
        assertThat(parse(text)).isEqualTo(number == 0 ? 0 : number);
    }

    @Test
    void theShortestTextIsWrittenAndReadsBack() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 30_000; i++) {
            double number = sample(random, i);
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                continue;
            }
            String text = JsonNumbers.toString(number);
            if (Double.parseDouble(text) != number || parse(text) != number) {
                throw new AssertionError(text + " does not read as " + Double.toHexString(number));
            }
            // The platform's text is the shortest as well, except that it always has two digits.
            BigDecimal platform = new BigDecimal(Double.toString(number)).stripTrailingZeros();
            BigDecimal ours = new BigDecimal(text).stripTrailingZeros();
            boolean same = platform.compareTo(ours) == 0;
            if (!same && (platform.precision() > 2 || ours.precision() > 1)) {
                throw new AssertionError(text + " instead of " + Double.toString(number));
            }
        }
    }

    @Test
    void textIsReadToTheNearestNumber() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            if (random.nextBoolean()) {
                text.append('-');
            }
            digits(text, random, 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 20));
            if (random.nextBoolean()) {
                text.append('.');
                text.append(random.nextInt(1_000_000_000));
                text.append("0".repeat(random.nextInt(3)));
            }
            if (random.nextInt(3) == 0) {
                text.append(random.nextBoolean() ? "e" : "E+").append(random.nextInt(250));
            } else if (random.nextBoolean()) {
                text.append("e-").append(random.nextInt(380));
            }
            assertReads(text.toString());
        }
    }

    @Test
    void halfWayBetweenTwoNumbersTheEvenOneIsRead() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1_000; i++) {
            double below = Math.abs(sample(random, 0));
            if (Double.isNaN(below) || below >= Double.MAX_VALUE) {
                continue;
            }
            BigDecimal half = new BigDecimal(below).add(new BigDecimal(Math.nextUp(below)))
                    .divide(BigDecimal.valueOf(2));
            BigDecimal little = half.scaleByPowerOfTen(-half.precision() - 3);
            assertReads(half.toString());
            assertReads(half.add(little).round(new MathContext(900)).toString());
            assertReads(half.subtract(little).round(new MathContext(900)).toString());
        }
        // More digits than any half has, the last of them the one that decides.
        String half = new BigDecimal(Double.MIN_VALUE).divide(BigDecimal.valueOf(2)).toPlainString();
        assertThat(parse(half)).isZero();
        assertThat(parse(half + "0".repeat(2000) + "1")).isEqualTo(Double.MIN_VALUE);
    }

    @Test
    void hugeExponentsEndAtZeroOrAtTheLimit() throws Exception {
        assertThat(parse("1e-400")).isZero();
        assertThat(parse("1e-99999999999999999999")).isZero();
        assertThat(parse("0e99999999999999999999")).isZero();
        assertThat(parse("0.0000e400")).isZero();
        assertThat(parse("-0")).isZero();
        assertThat(parse("0." + "0".repeat(400) + "1e401")).isEqualTo(1);
        assertThat(parse("1" + "0".repeat(400) + "e-400")).isEqualTo(1);
        assertThat(parse("1.7976931348623158e308")).isEqualTo(Double.MAX_VALUE);
        assertThat(parse("1.797693134862315807e308")).isEqualTo(Double.MAX_VALUE);
        for (String text : List.of("1.797693134862315808e308", "1e309", "-1e309", "1e99999999999999999999",
                "1" + "0".repeat(309))) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("out of range").hasMessageContaining("1.8e308");
        }
    }

    private static double sample(SplittableRandom random, int i) {
        return switch (i % 5) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(2_000_000) / 1000.0;
            case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 10);
            case 3 -> random.nextLong(1L << 54);
            default -> Math.pow(2, random.nextInt(2098) - 1074) * (random.nextBoolean() ? 1 : 3);
        };
    }

    private static void digits(StringBuilder text, SplittableRandom random, int count) {
        text.append((char) ('1' + random.nextInt(9)));
        for (int i = 1; i < count; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
    }

    private static void assertReads(String text) throws ProtocolException {
        double expected = Double.parseDouble(text);
        if (Double.isInfinite(expected)) {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(ProtocolException.class);
        } else if (parse(text) != expected) {
            throw new AssertionError(text + " was read as " + Double.toHexString(parse(text)) + " instead of "
                    + Double.toHexString(expected));
        }
    }

    private static double parse(String text) throws ProtocolException {
        JsonReader reader = new JsonReader(text, JsonLimits.DEFAULT);
        double number = reader.number();
        reader.end();
        return number;
    }
}
