package dev.thalweg.server.http;

import dev.thalweg.server.session.Committer;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes a write and waits for it. For threads that may block. */
final class Writes {
    private final Committer committer;

    Writes(Committer committer) {
        this.committer = committer;
    }

    void make(StoreWrite write) throws StoreException {
        CompletableFuture<Void> made = new CompletableFuture<>();
        committer.submit(write, failure -> {
            if (failure == null) {
                made.complete(null);
            } else {
                made.completeExceptionally(failure);
            }
        });
        try {
            made.get();
        } catch (ExecutionException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while writing", e);
        }
    }
}
