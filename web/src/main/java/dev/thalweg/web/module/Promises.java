package dev.thalweg.web.module;

import dev.thalweg.dds.Listener;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.function.Consumer;
import java.util.function.Function;
import org.teavm.jso.core.JSPromise;

/** Results that take time, as promises. */
final class Promises {
    private Promises() {}

    /** Asks something that may fail; what it throws at once refuses the promise, too. */
    static <T> JSPromise<Object> ask(Consumer<Outcome<T>> question, Function<T, Object> answer) {
        return new JSPromise<>((resolve, reject) -> question.accept(new Outcome<>() {
            @Override
            public void succeeded(T value) {
                resolve.accept(answer.apply(value));
            }

            @Override
            public void failed(Failure failure) {
                reject.accept(Errors.of(failure));
            }
        }));
    }

    /** Asks something whose outcome is a value whatever it is; what it throws at once refuses the promise. */
    static <T> JSPromise<Object> outcome(Consumer<Listener<T>> question, Function<T, Object> answer) {
        return new JSPromise<>((resolve, reject) -> question.accept(value -> resolve.accept(answer.apply(value))));
    }
}
