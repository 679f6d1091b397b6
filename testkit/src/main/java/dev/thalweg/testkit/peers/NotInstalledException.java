package dev.thalweg.testkit.peers;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no npm here, or it could not fetch what a project needs. */
public final class NotInstalledException extends IOException {
    private static final long serialVersionUID = 1L;

    NotInstalledException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
