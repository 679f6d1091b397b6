package dev.thalweg.replication.data;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.Prunable;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How far pruning has come: what was forgotten in the latest round, and the rounds before by name. Immutable. */
final class Horizon {
    /*
     * Entries may be joined only when both have been through the same rounds. A round is a function on entries, the same
     * everywhere, that keeps what they say and commutes with joins: whoever has the round before applies it and is there.
     * Whoever is further behind cannot know which of what it has was forgotten; nor can who was not asked, and may have
     * what the others had given up. So a round says whose it is.
     *
     * In a key that was deleted at epoch e and forgotten, what was at most e is gone, and e + 1 is the new 0: a life that
     * somebody began without knowing of the round stays the later one.
     */
    /** Where everybody starts. */
    static final Horizon START = new Horizon(0, "", "", Set.of(), Map.of());

    private static final int ID_DIGITS = 16;
    private static final String UNKNOWN = "?";

    final int round;
    final String id;
    /** The id of the round before. */
    final String before;
    /** Those who agreed. */
    final Set<String> members;
    final Map<String, Cut> cuts;

    /**
     * What was forgotten of a key.
     *
     * @param epoch of the entries that are meant; odd when the key itself was forgotten
     * @param ended the replicas that were
     */
    record Cut(int epoch, Set<String> ended) {
        JsonArray toJson() {
            List<JsonValue> all = new ArrayList<>();
            all.add(new JsonNumber(epoch));
            List<String> sorted = new ArrayList<>(ended);
            sorted.sort(null);
            for (String replica : sorted) {
                all.add(JsonValue.of(replica));
            }
            return new JsonArray(all);
        }

        static Cut read(JsonArray json) throws ProtocolException {
            if (json.size() == 0) {
                throw new ProtocolException("a cut has an epoch");
            }
            int epoch = JsonCasts.integer(json.get(0), "epoch", 0, Integer.MAX_VALUE - 1);
            Set<String> ended = new HashSet<>();
            for (int i = 1; i < json.size(); i++) {
                ended.add(JsonCasts.string(json.get(i), "replica"));
            }
            if (ended.isEmpty() != (epoch % 2 == 1)) {
                throw new ProtocolException("a cut is of a deleted key or of replicas, one came with epoch " + epoch);
            }
            return new Cut(epoch, ended);
        }
    }

    private Horizon(int round, String id, String before, Set<String> members, Map<String, Cut> cuts) {
        this.round = round;
        this.id = id;
        this.before = before;
        this.members = members;
        this.cuts = cuts;
    }

    /** The round after this one. @param agreed all members */
    Horizon next(Set<String> agreed, Map<String, Cut> forgotten) {
        JsonObject.Builder json = JsonObject.builder().put("before", id).put("members", JsonArray.ofStrings(agreed));
        Map<String, Cut> sorted = new TreeMap<>(forgotten);
        sorted.forEach((name, cut) -> json.put(name, cut.toJson()));
        return new Horizon(round + 1, CanonicalJson.digest(json.build()).substring(0, ID_DIGITS), id, agreed,
                sorted);
    }

    /** The round that a tag names, when nothing else of it is known. */
    static Horizon at(String tag) throws ProtocolException {
        int dash = dash(tag);
        return new Horizon(round(tag, dash), tag.substring(dash + 1), UNKNOWN, Set.of(), Map.of());
    }

    /** Whether others can be told. */
    boolean isKnown() {
        return !before.equals(UNKNOWN);
    }

    /** What messages say of it: the round, and its id. */
    String tag() {
        return round + "-" + id;
    }

    /** Whether this is the round after another one. */
    boolean follows(Horizon other) {
        return round == other.round + 1 && before.equals(other.id);
    }

    /** Whether somebody who says this is further than this is. Two that parted are brought together somehow. */
    boolean isBehind(String tag) throws ProtocolException {
        int dash = dash(tag);
        int theirs = round(tag, dash);
        return theirs > round || theirs == round && tag.substring(dash + 1).compareTo(id) > 0;
    }

    private static int dash(String tag) throws ProtocolException {
        int dash = tag.indexOf('-');
        if (dash < 1 || dash > 10) {
            throw new ProtocolException("a horizon has a round, one came without");
        }
        return dash;
    }

    private static int round(String tag, int dash) throws ProtocolException {
        int round = 0;
        for (int i = 0; i < dash; i++) {
            int digit = tag.charAt(i) - '0';
            if (digit < 0 || digit > 9 || round > (Integer.MAX_VALUE - digit) / 10) {
                throw new ProtocolException("the round of a horizon is a number");
            }
            round = 10 * round + digit;
        }
        return round;
    }

    /** What becomes of an entry of the round before; null when it is forgotten. */
    <S extends Lattice<S>> @Nullable Entry<S> lift(Entry<S> entry) {
        Cut cut = cuts.get(entry.key.name());
        if (cut == null) {
            return entry;
        }
        if (cut.ended.isEmpty()) {
            return entry.epoch <= cut.epoch ? null : entry.at(entry.epoch - cut.epoch - 1, entry.state);
        }
        S state = entry.state;
        return entry.epoch != cut.epoch || state == null ? entry : entry.at(entry.epoch, without(state, cut.ended));
    }

    @SuppressWarnings("unchecked") // a lattice that can be pruned is pruned to one of its kind
    private static <S extends Lattice<S>> S without(S state, Set<String> replicas) {
        return state instanceof Prunable<?> prunable ? (S) prunable.pruned(replicas) : state;
    }

    /** {@code {"round":…,"id":…,"before":…,"members":[…],"cuts":{"<type>/<id>":[<epoch>,"<replica>",…],…}}}. */
    JsonObject toJson() {
        return JsonObject.builder().put("round", round).put("id", id).put("before", before)
                .put("members", JsonArray.ofStrings(members)).put("cuts", cutsToJson(cuts)).build();
    }

    static JsonObject cutsToJson(Map<String, Cut> cuts) {
        JsonObject.Builder all = JsonObject.builder();
        cuts.forEach((name, cut) -> all.put(name, cut.toJson()));
        return all.build();
    }

    static Map<String, Cut> readCuts(JsonObject json) throws ProtocolException {
        Map<String, Cut> cuts = new TreeMap<>();
        for (int i = 0; i < json.size(); i++) {
            cuts.put(json.name(i), Cut.read(JsonCasts.array(json.value(i), "cut")));
        }
        return cuts;
    }

    static Horizon read(JsonObject json) throws ProtocolException {
        return new Horizon(json.integer("round", 1, Integer.MAX_VALUE - 1), json.string("id"), json.string("before"),
                new TreeSet<>(json.array("members").strings()), readCuts(json.object("cuts")));
    }
}
