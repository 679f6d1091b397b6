package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.HidingMap;
import dev.thalweg.crdt.LWWRegister;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What the rows of a map hold; fixed when the map is made. */
public enum OrMapMode {
    /** A number to which replicas add and from which they take. */
    TALLY("tally"),
    /** Any JSON value; the latest write wins. */
    REGISTER("register");

    private final String word;

    OrMapMode(String word) {
        this.word = word;
    }

    /** As it stands in a summary. */
    String word() {
        return word;
    }

    /** A map without rows. */
    HidingMap<OrMapValue> empty() {
        return HidingMap.of(this::read);
    }

    /* The time of a stamp is a sequence number. */
    private OrMapValue read(JsonValue json, String what) throws ProtocolException {
        return switch (this) {
            case TALLY -> new OrMapValue.Tally(PNCounter.read(json, what));
            case REGISTER -> new OrMapValue.Register(LWWRegister.until(Integer.MAX_VALUE).read(json, what));
        };
    }
}
