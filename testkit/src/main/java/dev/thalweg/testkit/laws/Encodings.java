package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.LatticeCodec;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether states survive being written, and readers being lied to. */
final class Encodings {
    private static final String WHAT = "state";
    private static final List<JsonValue> STRANGE = List.of(JsonNull.NULL, JsonValue.of(-1), JsonValue.of(0),
            JsonValue.of(1.5), JsonValue.of(1e300), JsonValue.of(2147483648.0), JsonValue.of("x"), JsonValue.of(true),
            JsonObject.EMPTY, JsonArray.EMPTY, JsonArray.of(JsonValue.of(3), JsonValue.of(2)),
            JsonArray.of(JsonValue.of(101), JsonValue.of(0), JsonValue.of("late")));

    private Encodings() {}

    static <S extends Lattice<S>> LatticeCodec<S> codec(LatticeModel<S> model, JsonLimits limits) {
        return new LatticeCodec<>(model.reader(), limits);
    }

    static <S extends Lattice<S>> void text(LatticeModel<S> model, S state, Rng rng) throws ProtocolException {
        LatticeCodec<S> codec = codec(model, JsonLimits.DEFAULT);
        String text = Law.text(state);
        S back = codec.fromText(text, WHAT);
        Law.same(state, back, "the state read back");
        Law.same(state, back.join(state), "the state read back, joined");
        model.changes().check(back, false);
        requireRefused(codec(model, new JsonLimits(128, Math.max(1, text.length() - 1))), text, "a text too long");
        JsonValue damaged = damaged(state.toJson(), rng);
        try {
            S other = codec.fromText(damaged.toJson(), WHAT);
            Law.require(other.toJson().equals(damaged), damaged.toJson() + " is taken for " + Law.text(other));
            model.changes().check(other, false);
        } catch (ProtocolException e) {
            named(e);
        }
    }

    static <S extends Lattice<S>> void bytes(LatticeModel<S> model, S state, Rng rng) throws ProtocolException {
        LatticeCodec<S> codec = codec(model, JsonLimits.DEFAULT);
        byte[] bytes = state.toBytes();
        S back = codec.fromBytes(bytes, WHAT);
        Law.same(state, back, "the state read back");
        Law.require(Arrays.equals(back.toBytes(), bytes), "the bytes written again differ");
        requireRefused(codec, Arrays.copyOf(bytes, bytes.length + 1), "bytes with one more");
        requireRefused(codec(model, new JsonLimits(128, Math.max(1, bytes.length - 1))), bytes, "too many bytes");
        for (int i = 0; i < 4; i++) {
            byte[] damaged = bytes.clone();
            damaged[rng.below(damaged.length)] = (byte) (rng.chance(50) ? rng.below(256)
                    : rng.pick(List.of(0, 1, 0x40, 0x5F, 0x60, 0x80, 0xC0, 0xDF, 0xE3, 0xE4, 0xE6, 0xE8, 0xE9, 0xFF)));
            try {
                S other = codec.fromBytes(damaged, WHAT);
                Law.require(Arrays.equals(other.toBytes(), damaged), "damaged bytes are written as others again");
                model.changes().check(other, false);
            } catch (ProtocolException e) {
                named(e);
            }
        }
    }

    static <S extends Lattice<S>> void cutOff(LatticeModel<S> model, S state) {
        LatticeCodec<S> codec = codec(model, JsonLimits.DEFAULT);
        byte[] bytes = state.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            requireRefused(codec, Arrays.copyOf(bytes, length), "bytes cut off at " + length);
        }
    }

    private static void named(ProtocolException e) {
        Law.require(String.valueOf(e.getMessage()).startsWith(WHAT),
                "an error that does not say where: " + e.getMessage());
    }

    private static <S extends Lattice<S>> void requireRefused(LatticeCodec<S> codec, Object written, String what) {
        try {
            S read = written instanceof byte[] bytes ? codec.fromBytes(bytes, WHAT)
                    : codec.fromText((String) written, WHAT);
            throw new IllegalStateException(what + " are taken for " + Law.text(read));
        } catch (ProtocolException e) {
            named(e);
        }
    }

    /** The same JSON with one part exchanged, added or left out. */
    static JsonValue damaged(JsonValue json, Rng rng) {
        if (json instanceof JsonObject object && rng.below(8) > 0) {
            int place = object.size() == 0 ? -1 : rng.below(object.size());
            int way = rng.below(8);
            JsonObject.Builder builder = JsonObject.builder();
            for (int i = 0; i < object.size(); i++) {
                if (i != place || way > 1) {
                    builder.put(object.name(i), i == place && way > 2 ? damaged(object.value(i), rng)
                            : object.value(i));
                }
            }
            return place < 0 || way == 2
                    ? builder.put(rng.chance(50) ? "x".repeat(300) : "", rng.pick(STRANGE)).build()
                    : builder.build();
        }
        if (json instanceof JsonArray array && array.size() > 0 && rng.below(4) > 0) {
            List<JsonValue> values = new ArrayList<>(array.values());
            int place = rng.below(values.size());
            switch (rng.below(3)) {
                case 0 -> values.remove(place);
                case 1 -> values.add(place, values.get(place));
                default -> values.set(place, damaged(values.get(place), rng));
            }
            return new JsonArray(values);
        }
        return json instanceof JsonString && rng.chance(50) ? JsonValue.of("") : rng.pick(STRANGE);
    }
}
