package dev.thalweg.server.session;

import dev.thalweg.storage.GitObject;
import dev.thalweg.storage.Scribe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an uploaded summary.
 *
 * @param answer  the message to sequence
 * @param commit  what becomes the latest summary, or null when it was refused
 * @param objects what has to be kept for it besides what was uploaded
 */
record SummaryVerdict(Scribe.Answer answer, @Nullable String commit, List<GitObject> objects) {
    SummaryVerdict {
        objects = List.copyOf(objects);
    }
}
