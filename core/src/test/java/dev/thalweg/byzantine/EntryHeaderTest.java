package dev.thalweg.byzantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EntryHeaderTest {
    private static String digest(String of) {
        return Hex.encode(Sha256.digest(Utf8.encode(of)));
    }

    private static EntryHeader any(Random random) {
        String[] names = {"d", "dd", "d\u0000", "\ud800", "\ud801", "\ufffd", "d\ud83c\udf0a"};
        TreeSet<String> parents = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parents.add(digest("p" + random.nextInt(3)));
        }
        int first = random.nextInt(3);
        return new EntryHeader(names[random.nextInt(names.length)], digest("a" + random.nextInt(2)), first,
                1 + random.nextInt(2), first == 0 ? null : digest("p" + random.nextInt(2)), new ArrayList<>(parents),
                digest("c" + random.nextInt(2)));
    }

    @Test
    void differentHeadersAreDifferentBytes() {
        Map<String, EntryHeader> seen = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            EntryHeader header = any(random);
            EntryHeader before = seen.putIfAbsent(Hex.encode(header.bytes()), header);
            assertEquals(before == null ? header : before, header);
        }
    }

    @Test
    void differentContentsHaveDifferentDigests() {
        List<String> contents = List.of("[]", "{}", "\"\"", "null", "0", "\"0\"", "[\"a,b\"]", "[\"a\",\"b\"]",
                "[\"\\ud800\"]", "[\"\\ud801\"]", "[\"\\ufffd\"]", "{\"a\":1}", "{\"a\":\"1\"}", "[[\"a\"],\"b\"]",
                "[\"a\",[\"b\"]]", "1", "1.5", "[\"\\u0000\"]", "\"{}\"");
        Map<String, String> seen = new HashMap<>();
        for (String content : contents) {
            assertEquals(content, assertParses(content, seen));
        }
        assertEquals(contents.size(), seen.size());
    }

    private static String assertParses(String content, Map<String, String> seen) {
        try {
            seen.put(SignedEntry.digest(JsonValue.parse(content), Hashing.CORE), content);
            return content;
        } catch (ProtocolException e) {
            return "" + e.getMessage();
        }
    }

    @Test
    void theFormNeverChanges() {
        EntryHeader header = new EntryHeader("doc", digest("alice"), 3, 2, digest("before"), List.of(digest("seen")),
                digest("content"));
        // Put together and hashed by a script in another language.
        assertEquals("751b2360aa46137d359aaec77fac632df36839385b2c31dbd1404b126eae8ce2", header.digest(Hashing.CORE));
        assertEquals(167, header.bytes().length);
    }

    @Test
    void refusesWhatIsNoHeader() {
        String good = digest("x");
        List<Runnable> wrong = List.of(
                () -> new EntryHeader("", good, 0, 1, null, List.of(), good),
                () -> new EntryHeader("d".repeat(257), good, 0, 1, null, List.of(), good),
                () -> new EntryHeader("d", good.substring(1), 0, 1, null, List.of(), good),
                () -> new EntryHeader("d", good.replace(good.charAt(0), 'A'), 0, 1, null, List.of(), good),
                () -> new EntryHeader("d", good, -1, 1, good, List.of(), good),
                () -> new EntryHeader("d", good, 0, 0, null, List.of(), good),
                () -> new EntryHeader("d", good, 1, Integer.MAX_VALUE, good, List.of(), good),
                () -> new EntryHeader("d", good, 0, 1, good, List.of(), good),
                () -> new EntryHeader("d", good, 1, 1, null, List.of(), good),
                () -> new EntryHeader("d", good, 0, 1, null, List.of(good, good), good),
                () -> new EntryHeader("d", good, 0, 1, null, List.of("x"), good),
                () -> new SignedHeader(new EntryHeader("d", good, 0, 1, null, List.of(), good), good));
        wrong.forEach(header -> assertThrows(IllegalArgumentException.class, header::run));
    }

    @Test
    void entriesAndProofsAreJson() throws ProtocolException {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            SignedHeader one = new SignedHeader(any(random), "ab".repeat(64));
            SignedEntry entry = new SignedEntry(one, one.header().digest(Hashing.CORE), JsonArray.of(JsonValue.of(i)));
            assertEquals(entry, EntryJson.readEntry(JsonValue.parse(EntryJson.write(entry).toJson())));
            EquivocationProof proof = new EquivocationProof(one, new SignedHeader(any(random), "cd".repeat(64)));
            assertEquals(proof, EntryJson.readProof(JsonValue.parse(EntryJson.write(proof).toJson())));
        }
    }

    @Test
    void jsonThatIsNoEntryIsRefused() {
        SignedHeader signed = new SignedHeader(new EntryHeader("d", digest("a"), 1, 1, digest("b"),
                List.of(digest("c")), digest("e")), "ab".repeat(64));
        JsonObject entry = EntryJson.write(new SignedEntry(signed, digest("f"), JsonValue.of(1)));
        List<JsonValue> values = List.of(JsonNull.NULL, JsonValue.of(-1), JsonValue.of(1.5), JsonValue.of("x"),
                JsonArray.of(JsonValue.of(1)), JsonObject.EMPTY, JsonValue.of(true));
        for (int i = 0; i < entry.size(); i++) {
            String name = entry.name(i);
            for (JsonValue value : values) {
                if (name.equals("content") || name.equals("digest") && value.equals(JsonValue.of("x"))
                        || name.equals("document") && value.equals(JsonValue.of("x"))) {
                    continue;
                }
                assertThrows(ProtocolException.class, () -> EntryJson.readEntry(entry.with(name, value)), name);
            }
        }
        assertThrows(ProtocolException.class, () -> EntryJson.readEntry(JsonArray.EMPTY));
        assertThrows(ProtocolException.class, () -> EntryJson.readProof(entry));
    }
}
