package dev.thalweg.replication.data;

import dev.thalweg.bytes.Hex;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other, as compact JSON: an object whose {@code t} names the record in lower case and whose
 * {@code h} says up to where the sender has pruned.
 *
 * <p>Questions carry the replica that asks and a number of its own, and answers carry both back, so that the answer to a
 * question from before a restart is not taken for one to a question after it.
 */
sealed interface Message {
    /** Levels of nesting that a message may have. */
    int MAX_DEPTH = 128;

    /** Changes, to be acknowledged. @param entries as they are spelled; one that cannot be read does not spoil others */
    record Delta(String asker, int number, JsonArray entries) implements Message {}

    /** The changes were taken. @param refused the places of those that were not */
    record Ack(String asker, int number, List<Integer> refused) implements Message {}

    /** What the sender has, in short. @param digest of all of it */
    record Status(String digest) implements Message {}

    /** What the sender has, less in short. @param digests of each bucket */
    record Buckets(List<String> digests) implements Message {}

    /** What the sender has in buckets that differ. @param digests of their entries, by name, in hexadecimal */
    record Contents(List<Integer> buckets, Map<String, String> digests) implements Message {}

    /** Asks for entries. */
    record Want(List<String> names) implements Message {}

    /** Whole entries, whether or not they were asked for. */
    record Entries(JsonArray entries) implements Message {}

    /** Asks what is under a key. @param digest of what the sender has, or null */
    record Read(String asker, int number, String name, @Nullable String digest) implements Message {}

    /** The answer. @param entry null when there is none, or the same as the asker's */
    record Answer(String asker, int number, @Nullable JsonValue entry) implements Message {}

    /** Asks whether all that the sender means to forget can be. @param members which nodes it asks */
    record Propose(String asker, int number, JsonArray members, JsonObject cuts, JsonObject shares)
            implements
                Message {}

    /** The answer. @param names of the keys about which the sender agrees @param replica in whose name it writes now */
    record Consent(String asker, int number, List<String> names, String replica) implements Message {}

    /** Up to where the sender has pruned, with the latest round. */
    record Pruned(Horizon horizon) implements Message {}

    /** The bytes of the message. @param tag up to where the sender has pruned */
    default byte[] toBytes(String tag) {
        JsonObject.Builder json = JsonObject.builder().put("h", tag);
        switch (this) {
            case Delta delta -> question(json.put("t", "delta"), delta.asker, delta.number)
                    .put("entries", delta.entries);
            case Ack ack -> question(json.put("t", "ack"), ack.asker, ack.number).put("refused", numbers(ack.refused));
            case Status status -> json.put("t", "status").put("digest", status.digest);
            case Buckets buckets -> json.put("t", "buckets").put("digests", JsonArray.ofStrings(buckets.digests));
            case Contents contents -> {
                JsonObject.Builder digests = JsonObject.builder();
                contents.digests.forEach(digests::put);
                json.put("t", "contents").put("buckets", numbers(contents.buckets)).put("digests", digests.build());
            }
            case Want want -> json.put("t", "want").put("names", JsonArray.ofStrings(want.names));
            case Entries entries -> json.put("t", "entries").put("entries", entries.entries);
            case Read read -> question(json.put("t", "read"), read.asker, read.number).put("name", read.name)
                    .putIfPresent("digest", read.digest);
            case Answer answer -> question(json.put("t", "answer"), answer.asker, answer.number)
                    .putIfPresent("entry", answer.entry);
            case Propose propose -> question(json.put("t", "propose"), propose.asker, propose.number)
                    .put("members", propose.members).put("cuts", propose.cuts).put("shares", propose.shares);
            case Consent consent -> question(json.put("t", "consent"), consent.asker, consent.number)
                    .put("names", JsonArray.ofStrings(consent.names)).put("replica", consent.replica);
            case Pruned pruned -> json.put("t", "pruned").put("horizon", pruned.horizon.toJson());
        }
        return CompactJson.encode(json.build());
    }

    /** Takes the bytes of a message apart. @param limit how many bytes it may have */
    static JsonObject parse(byte[] bytes, int limit) throws ProtocolException {
        return JsonCasts.object(CompactJson.decode(bytes, new JsonLimits(MAX_DEPTH, limit)), "message");
    }

    /** Up to where the sender of a message has pruned. */
    static String tag(JsonObject json) throws ProtocolException {
        return json.string("h");
    }

    /** Reads a message. */
    static Message read(JsonObject json) throws ProtocolException {
        String type = json.string("t");
        return switch (type) {
            case "delta" -> new Delta(json.string("asker"), number(json), json.array("entries"));
            case "ack" -> new Ack(json.string("asker"), number(json), numbers(json.array("refused")));
            case "status" -> new Status(json.string("digest"));
            case "buckets" -> buckets(json.array("digests").strings());
            case "contents" -> contents(json);
            case "want" -> new Want(json.array("names").strings());
            case "entries" -> new Entries(json.array("entries"));
            case "read" -> new Read(json.string("asker"), number(json), json.string("name"),
                    json.optionalString("digest"));
            case "answer" -> new Answer(json.string("asker"), number(json), json.get("entry"));
            case "propose" -> new Propose(json.string("asker"), number(json), json.array("members"),
                    json.object("cuts"), json.object("shares"));
            case "consent" -> new Consent(json.string("asker"), number(json), json.array("names").strings(),
                    json.string("replica"));
            case "pruned" -> new Pruned(Horizon.read(json.object("horizon")));
            default -> throw new ProtocolException("a message of no known type: " + type);
        };
    }

    private static JsonObject.Builder question(JsonObject.Builder json, String asker, int number) {
        return json.put("asker", asker).put("number", number);
    }

    private static int number(JsonObject json) throws ProtocolException {
        return json.integer("number", 1, Integer.MAX_VALUE);
    }

    private static JsonArray numbers(List<Integer> numbers) {
        List<JsonValue> values = new ArrayList<>(numbers.size());
        for (int number : numbers) {
            values.add(new JsonNumber(number));
        }
        return new JsonArray(values);
    }

    private static List<Integer> numbers(JsonArray json) throws ProtocolException {
        List<Integer> numbers = new ArrayList<>(json.size());
        for (JsonValue value : json.values()) {
            numbers.add(JsonCasts.integer(value, "place", 0, Integer.MAX_VALUE));
        }
        return numbers;
    }

    private static Buckets buckets(List<String> digests) throws ProtocolException {
        if (digests.size() != Store.BUCKETS) {
            throw new ProtocolException("there are " + Store.BUCKETS + " buckets, not " + digests.size());
        }
        return new Buckets(digests);
    }

    private static Contents contents(JsonObject json) throws ProtocolException {
        List<Integer> buckets = numbers(json.array("buckets"));
        for (int bucket : buckets) {
            if (bucket >= Store.BUCKETS) {
                throw new ProtocolException("there are " + Store.BUCKETS + " buckets, none is " + bucket);
            }
        }
        JsonObject spelled = json.object("digests");
        Map<String, String> digests = new TreeMap<>();
        for (int i = 0; i < spelled.size(); i++) {
            digests.put(spelled.name(i), JsonCasts.string(spelled.value(i), "digest"));
        }
        return new Contents(buckets, digests);
    }

    /** How many bytes an entry takes at most, beside others. */
    static int weight(JsonValue entry) {
        return CompactJson.encode(entry).length;
    }

    /** What a digest is on its way. */
    static String spelled(byte[] digest) {
        return Hex.encode(digest);
    }
}
