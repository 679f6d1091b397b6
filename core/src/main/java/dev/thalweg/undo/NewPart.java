package dev.thalweg.undo;

/** An operation that gave a step a part, which the step loses when it is taken back. */
final class NewPart extends Tracker.Flight {
    private final Step step;
    private final Part part;

    NewPart(Step step, Part part) {
        this.step = step;
        this.part = part;
        step.parts.add(part);
    }

    @Override
    void takenBack() {
        part.tracker.manager.takeBack(step, part);
    }
}
