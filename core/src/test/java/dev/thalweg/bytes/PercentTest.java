package dev.thalweg.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    /** As encodeURIComponent spells them in a browser. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"abcXYZ019,abcXYZ019", "-_.!~*'(),-_.!~*'()", "a b,a%20b",
        "/?#[]@,%2F%3F%23%5B%5D%40",
        "100%,100%25", "\u00e9,%C3%A9", "\u20ac,%E2%82%AC", "\ud83d\ude00,%F0%9F%98%80", "$&+;=:,%24%26%2B%3B%3D%3A"})
    void spellsAsJavaScriptDoes(String text, String encoded) {
        assertThat(Percent.encode(text)).isEqualTo(encoded);
        assertThat(Percent.decode(encoded)).isEqualTo(text);
    }

    @Test
    void lowerCaseDigitsAreRead() {
        assertThat(Percent.decode("%c3%a9%2f")).isEqualTo("\u00e9/");
    }

    @Test
    void everyCharacterComesBack() {
        for (int point = 0; point < 0x11000; point++) {
            if (point < 0xD800 || point > 0xDFFF) {
                String text = Character.toString(point);
                assertThat(Percent.decode(Percent.encode(text))).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%2", "%zz", "%2g", "%%20", "%-1"})
    void halfAnEscapeIsNull(String text) {
        assertThat(Percent.decode(text)).isNull();
    }
}
