package dev.thalweg.undo;

import dev.thalweg.dds.ormap.OrMapOperation;
import dev.thalweg.dds.ormap.OrMapValue;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.undo.Lane.Token;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows the registers of an OR-map: rows that are there with a value, or not. */
/*
 * The latest stamp stands, and that need not be the last on the line. So whether another client's write is on top is seen
 * in the map and not in the order of operations; one that is not came from somebody who knew less, or at the same time.
 * It is put below this client's writes, as if it had come before them, except where what stands was put back by an undo:
 * that is older than theirs, whatever its stamp says.
 */
final class RegisterTracker extends KeyedTracker<OrMapOperation> {
    private final SharedOrMap map;

    RegisterTracker(UndoRedoStackManager manager, SharedOrMap map) {
        super(manager, map);
        this.map = map;
    }

    @Override
    Flight record(OrMapOperation operation) {
        boolean keeps = operation instanceof OrMapOperation.Open && seen(operation.key()) != null;
        return keeps ? new Flight() : written(operation.key(), null);
    }

    /* What an opened row holds is known when it is open. */
    @Override
    public void made(OrMapOperation operation) {
        Lane lane = lane(operation.key());
        if (lane != null && lane.top.operation == operation) {
            lane.top.value = seen(operation.key());
        }
    }

    @Override
    void foreign(OrMapOperation operation) {
        Lane lane = lane(operation.key());
        if (lane == null) {
            return;
        }
        lane.author = author;
        JsonValue now = seen(lane.place);
        switch (operation) {
            case OrMapOperation.Write write -> {
                OrMapValue value = write.delta().value(write.key());
                written(lane, value == null ? JsonNull.NULL : value.value(), now);
            }
            case OrMapOperation.Open open -> {
                if (lane.top.value == null && now != null) {
                    lane.top = new Token(now, null, null);
                }
            }
            case OrMapOperation.Remove remove -> {
                // A strike that others have written over at the same time does nothing.
                if (now == null || lane.inFlight > 0) {
                    foreign(lane, null);
                }
            }
            case OrMapOperation.Increment increment -> {
                // There is none in a map of registers.
            }
        }
    }

    private void written(Lane lane, JsonValue theirs, @Nullable JsonValue now) {
        if (Objects.equals(now, theirs)) {
            lane.top = new Token(theirs, null, null);
        } else if (lane.top.operation != null || lane.top.step != null && !lane.restored) {
            lane.beneath(new Token(theirs, null, null));
        } else if (lane.restored) {
            lane.top = new Token(theirs, null, null);
            mend(lane);
        }
    }

    @Override
    @Nullable
    JsonValue seen(String place) {
        if (!map.has(place) || map.removing(place)) {
            return null;
        }
        JsonValue value = map.register(place);
        return value == null ? JsonNull.NULL : value;
    }

    @Override
    void write(String place, @Nullable JsonValue value) {
        if (value == null) {
            map.remove(place);
        } else {
            map.set(place, value);
        }
    }
}
