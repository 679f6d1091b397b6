package dev.thalweg.undo;

import java.util.ArrayList;
import java.util.List;

/** What is undone at once. */
final class Step {
    /** What holds of a step; forgotten ones stand for good. */
    enum State {
        DONE, UNDONE, FORGOTTEN
    }

    final int transaction;
    final List<Part> parts = new ArrayList<>();
    State state = State.DONE;

    /** @param transaction the number of the transaction it is, or 0 */
    Step(int transaction) {
        this.transaction = transaction;
    }

    /** It is in no history any more. One that was undone stays so. */
    void forget() {
        if (state == State.DONE) {
            state = State.FORGOTTEN;
        }
        parts.forEach(Part::forget);
        parts.clear();
    }
}
