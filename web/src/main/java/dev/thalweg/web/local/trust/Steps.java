package dev.thalweg.web.local.trust;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Things that take time, one after the other: so what happens on the sheet has one order, and a test can wait for its end. */
final class Steps {
    /** One of them. */
    @FunctionalInterface
    interface Step {
        /** @param done to be run once, when it is over */
        void run(Runnable done);
    }

    private final ArrayDeque<Step> waiting = new ArrayDeque<>();
    private final Consumer<String> trouble;
    private final Runnable idle;
    private boolean running;

    /**
     * @param trouble hears what went wrong with a step
     * @param idle    hears when there is nothing more to do
     */
    Steps(Consumer<String> trouble, Runnable idle) {
        this.trouble = trouble;
        this.idle = idle;
    }

    /** Does something when everything before is over. */
    void then(Step step) {
        waiting.add(step);
        if (!running) {
            next();
        }
    }

    /** Does something at once when everything before is over. */
    void thenDo(Runnable action) {
        then(done -> {
            action.run();
            done.run();
        });
    }

    boolean isIdle() {
        return !running;
    }

    private void next() {
        Step step = waiting.poll();
        running = step != null;
        if (step == null) {
            idle.run();
        } else {
            step.run(this::next);
        }
    }

    /** Uses what comes of something, and then it is over. */
    <T> Outcome<T> using(Consumer<T> use, Runnable done) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                use.accept(value);
                done.run();
            }

            @Override
            public void failed(Failure failure) {
                trouble.accept(failure.message());
                done.run();
            }
        };
    }
}
