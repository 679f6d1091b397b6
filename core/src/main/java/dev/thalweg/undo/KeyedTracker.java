package dev.thalweg.undo;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.undo.Lane.Token;
import dev.thalweg.undo.UndoOutcome.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows a structure of places of which each holds a value or none, and the last write stands. */
/*
 * A place that was written is a lane: the write on top, which a reader sees, and below each of this client's writes the
 * one that it covered. To undo a write is to put back what is below it, and only while it is on top; then that is on top.
 * Redo is the same the other way. So a write another client made since, or the same value written by another, is never
 * touched, and a chain of own steps unwinds one by one.
 *
 * Covered is what is right below on the one line, not what a reader saw when the write was made: another client's write
 * that is sequenced while ours is in flight comes to stand below ours, unseen, and is what an undo has to bring back.
 *
 * The other way about, an undo may be in flight, for a long time when the link is down, while another client writes. What
 * it puts back is then older than theirs, and will be sequenced later. It cannot be taken back, so theirs is written once
 * more when it has been sequenced. That may in turn come to stand over a write that is newer still, and be mended again.
 * Two clients that undo at once could so take turns without end. Therefore, after a few turns, a client gives way to
 * those whose connections have smaller names.
 *
 * Lanes are kept as long as a step or an operation in flight needs them; other keys cost a look-up.
 */
abstract class KeyedTracker<O> extends Tracker<O> {
    private static final int MENDS = 4;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Writes> clears = new ArrayDeque<>();

    /** What an operation did to a lane. */
    private static final class Touch {
        final Lane lane;
        final @Nullable Token token;
        final @Nullable Part part;
        final Token before;
        final @Nullable JsonValue valueBefore;
        final @Nullable Object operationBefore;

        /** @param part what the step got by it, or null */
        Touch(Lane lane, @Nullable Token token, @Nullable Part part, Token before) {
            this.lane = lane;
            this.token = token;
            this.part = part;
            this.before = before;
            this.valueBefore = token == null ? null : token.value;
            this.operationBefore = token == null ? null : token.operation;
            lane.inFlight++;
        }
    }

    /** An operation on some lanes. */
    final class Writes extends Flight {
        private final List<Touch> touches = new ArrayList<>(1);
        private final @Nullable Step step;
        /** What it clears, or null. */
        private @Nullable String scope;

        Writes(@Nullable Step step) {
            this.step = step;
        }

        @Override
        void begins(Object operation) {
            super.begins(operation);
            for (Touch touch : touches) {
                if (touch.token != null) {
                    touch.token.operation = operation;
                }
            }
        }

        @Override
        void landed() {
            for (Touch touch : touches) {
                if (touch.token != null && touch.token.operation == operation) {
                    touch.token.operation = null;
                }
                touch.lane.inFlight--;
                mend(touch.lane);
                tidy(touch.lane);
            }
        }

        @Override
        void takenBack() {
            for (int i = touches.size() - 1; i >= 0; i--) {
                Touch touch = touches.get(i);
                Token token = touch.token;
                if (token != null && step != null) {
                    token.value = touch.valueBefore;
                    touch.lane.top = touch.before;
                }
                if (token != null) {
                    token.operation = touch.operationBefore;
                }
                if (touch.part != null && step != null) {
                    manager.takeBack(step, touch.part);
                    touch.lane.held--;
                }
                touch.lane.inFlight--;
                tidy(touch.lane);
            }
            if (step != null) {
                manager.forgetIfEmpty(step);
            }
        }
    }

    /** One write of one step. */
    private final class Write extends Part {
        private final Lane lane;
        private final Token token;

        Write(Lane lane, Token token) {
            super(KeyedTracker.this, name(lane.place));
            this.lane = lane;
            this.token = token;
        }

        @Override
        @Nullable
        Reason revert(List<Runnable> back) {
            return move(token, token.below, null, back);
        }

        @Override
        @Nullable
        Reason reapply(List<Runnable> back) {
            return move(token.below, token, token, back);
        }

        private @Nullable Reason move(@Nullable Token from, @Nullable Token to, @Nullable Token again,
                List<Runnable> back) {
            Reason gone = gone(lane.place);
            if (gone != null || from == null || to == null || lane.top != from) {
                return gone == null ? Reason.OVERWRITTEN : gone;
            }
            boolean restored = lane.restored;
            back.add(() -> {
                lane.top = from;
                lane.restored = restored;
            });
            lane.top = to;
            lane.mends = 0;
            put(lane, again);
            return null;
        }

        @Override
        void forget() {
            token.below = null;
            lane.held--;
            tidy(lane);
        }
    }

    KeyedTracker(UndoRedoStackManager manager, SharedObject<? extends O, ?> channel) {
        super(manager, channel);
    }

    /** What a reader sees of a place. */
    abstract @Nullable JsonValue seen(String place);

    /** Writes it, or takes it out. */
    abstract void write(String place, @Nullable JsonValue value);

    /** A place as a person calls it. */
    String name(String place) {
        return place;
    }

    /** Why a place cannot be written at all, or null. */
    @Nullable
    Reason gone(String place) {
        return null;
    }

    /** The places known here. */
    final List<String> places() {
        return new ArrayList<>(lanes.keySet());
    }

    final @Nullable Lane lane(String place) {
        return lanes.get(place);
    }

    /** The application writes one place. */
    final Writes written(String place, @Nullable JsonValue value) {
        Writes writes = new Writes(manager.step());
        touch(writes, place, value);
        return writes;
    }

    /** The application takes out all of these, and whatever comes to lie under that. @param scope of what */
    final Writes cleared(String scope, Iterable<String> places) {
        Writes writes = new Writes(manager.step());
        writes.scope = scope;
        forgetLandedClears();
        clears.addLast(writes);
        for (String place : places) {
            touch(writes, place, null);
        }
        return writes;
    }

    /** Another client wrote a place, or took it out. @param scope what it is taken out with */
    final void foreign(String scope, String place, @Nullable JsonValue value) {
        Lane lane = lanes.get(place);
        if (lane != null) {
            foreign(lane, value);
        } else if (value != null && !clears.isEmpty()) {
            Writes clear = clearOver(scope);
            if (clear != null && clear.step != null) {
                foreignUnder(clear, clear.step, place, value);
            }
        }
    }

    /** The clear in flight that a write sequenced now comes to lie under, one that stands before one that was undone. */
    private @Nullable Writes clearOver(String scope) {
        forgetLandedClears();
        Writes undone = null;
        for (Writes clear : clears) {
            if (!clear.over && scope.equals(clear.scope) && clear.step != null) {
                if (clear.step.state == Step.State.DONE) {
                    return clear;
                }
                undone = clear.step.state == Step.State.UNDONE && undone == null ? clear : undone;
            }
        }
        return undone;
    }

    private void forgetLandedClears() {
        while (!clears.isEmpty() && clears.getFirst().over) {
            clears.removeFirst();
        }
    }

    private void foreignUnder(Writes clear, Step step, String place, @Nullable JsonValue value) {
        Lane lane = new Lane(place, value);
        lanes.put(place, lane);
        if (step.state == Step.State.UNDONE) {
            clear.touches.add(new Touch(lane, null, null, lane.top));
        } else {
            Token before = lane.top;
            Token token = new Token(null, before, step);
            token.operation = clear.operation;
            Part part = new Write(lane, token);
            step.parts.add(part);
            lane.held++;
            lane.top = token;
            clear.touches.add(new Touch(lane, token, part, before));
        }
    }

    /** Another client wrote a place, and the last on the line stands. */
    final void foreign(Lane lane, @Nullable JsonValue value) {
        lane.author = author;
        lane.slip(new Token(value, null, null));
    }

    /** Sees to it that what stands is what a reader sees, when nothing of this client on the lane is in flight. */
    final void mend(Lane lane) {
        boolean mine = lane.mends < MENDS || self.compareTo(lane.author) < 0;
        if (lane.inFlight == 0 && mine && !Objects.equals(seen(lane.place), lane.top.value)) {
            lane.mends++;
            lane.held++;
            channel.afterThisMessage(() -> {
                lane.held--;
                if (!closed && lane.inFlight == 0 && gone(lane.place) == null) {
                    put(lane, null);
                }
                tidy(lane);
            });
        }
    }

    /** Makes what stands what a reader sees. @param again the write that is done again, or null */
    private void put(Lane lane, @Nullable Token again) {
        lane.restored = again == null;
        JsonValue value = lane.top.value;
        if (Objects.equals(seen(lane.place), value)) {
            return;
        }
        Writes writes = new Writes(null);
        writes.touches.add(new Touch(lane, again, null, lane.top));
        try {
            perform(writes, () -> write(lane.place, value));
        } finally {
            if (writes.operation == null) {
                // Refused, or there is nothing to write to: it would go no better if it were tried again.
                lane.inFlight--;
            }
        }
    }

    private void touch(Writes writes, String place, @Nullable JsonValue value) {
        Step step = Objects.requireNonNull(writes.step);
        Lane lane = lanes.get(place);
        if (lane == null) {
            lane = new Lane(place, seen(place));
            lanes.put(place, lane);
        }
        Token top = lane.top;
        lane.restored = false;
        lane.mends = 0;
        if (top.step == step) {
            writes.touches.add(new Touch(lane, top, null, top));
            top.value = value;
        } else {
            Token token = new Token(value, top, step);
            Part part = new Write(lane, token);
            writes.touches.add(new Touch(lane, token, part, top));
            step.parts.add(part);
            lane.held++;
            lane.top = token;
        }
    }

    private void tidy(Lane lane) {
        if (lane.inFlight == 0 && lane.held == 0) {
            lanes.remove(lane.place);
        }
    }

    /** All lanes; must not be changed. */
    final Iterable<Lane> all() {
        return Collections.unmodifiableCollection(lanes.values());
    }
}
