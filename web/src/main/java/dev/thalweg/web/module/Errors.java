package dev.thalweg.web.module;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExceptions;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Exceptions and failures as JavaScript's {@code Error} objects, each with a {@code code}: {@code argument} for a value
 * that cannot be taken, {@code state} for what cannot be done now, {@code unreadable} for bytes that cannot be read,
 * {@code service} for what a service refused or left unanswered, {@code internal} for a fault of this program.
 */
/*
 * An exception that leaves an exported method reaches JavaScript as an error of a class that the compiler made, with the
 * exception in it. The code is a property of that class, so that no method has to translate what it throws.
 */
final class Errors {
    private static boolean installed;

    private Errors() {}

    @JSFunctor
    private interface Thrower extends JSObject {
        void run();
    }

    @JSFunctor
    private interface CodeOf extends JSObject {
        String of(JSObject error);
    }

    /** Gives the errors of this module their codes. Before anything of it can throw. */
    static void install() {
        if (!installed) {
            installed = true;
            define(() -> {
                throw new IllegalStateException();
            }, Errors::code);
        }
    }

    /** The error that a promise is refused with. */
    static JSObject of(Failure failure) {
        return service(failure.message(), failure.code(), failure.retryable(), failure.retryAfterMillis());
    }

    /** What was thrown, as it was when JavaScript threw it. */
    static JSObject of(RuntimeException thrown) {
        return JSExceptions.getJSException(thrown);
    }

    private static String code(JSObject error) {
        Throwable thrown = JSExceptions.getJavaException(error);
        if (thrown instanceof IllegalArgumentException) {
            return "argument";
        }
        if (thrown instanceof IllegalStateException) {
            return "state";
        }
        return thrown instanceof ProtocolException ? "unreadable" : "internal";
    }

    @JSBody(params = {"thrower", "code"}, script = """
            try {
              thrower();
            } catch (e) {
              var errors = Object.getPrototypeOf(e);
              if (errors !== Error.prototype) {
                Object.defineProperty(errors, 'name', { value: 'ThalwegError', configurable: true });
                Object.defineProperty(errors, 'code', { get: function() { return code(this); }, configurable: true });
              }
            }""")
    private static native void define(Thrower thrower, CodeOf code);

    @JSBody(params = {"message", "status", "retryable", "after"}, script = """
            return Object.assign(new Error(message), { name: 'ThalwegError', code: 'service', status: status,
              retryable: retryable, retryAfterMillis: after });""")
    private static native JSObject service(String message, int status, boolean retryable, double after);
}
