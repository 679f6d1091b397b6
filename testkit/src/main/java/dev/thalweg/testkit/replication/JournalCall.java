package dev.thalweg.testkit.replication;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a journal, whose answer becomes a line of text. Records are texts, too. */
@FunctionalInterface
interface JournalCall {
    void make(Journal journal, Consumer<String> answer);

    static JournalCall append(String stream, int expected, String... records) {
        List<byte[]> bytes = new ArrayList<>();
        for (String record : records) {
            bytes.add(Utf8.encode(record));
        }
        return (journal, answer) -> journal.append(stream, expected, bytes, extent(answer));
    }

    static JournalCall read(String stream, int after, int limit) {
        return (journal, answer) -> journal.read(stream, after, limit, outcome(answer, entries -> {
            StringBuilder text = new StringBuilder();
            for (JournalEntry entry : entries) {
                text.append(text.isEmpty() ? "" : " ").append(text(entry));
            }
            return text.toString();
        }));
    }

    static JournalCall extent(String stream) {
        return (journal, answer) -> journal.extent(stream, extent(answer));
    }

    static JournalCall truncate(String stream, int upTo) {
        return (journal, answer) -> journal.truncate(stream, upTo, extent(answer));
    }

    static JournalCall save(String stream, int version, String snapshot) {
        return (journal, answer) -> journal.save(stream, version, Utf8.encode(snapshot), extent(answer));
    }

    static JournalCall snapshot(String stream) {
        return (journal, answer) -> journal.snapshot(stream,
                JournalCall.<@Nullable JournalEntry>outcome(answer, entry -> entry == null ? "none" : text(entry)));
    }

    static JournalCall delete(String stream) {
        return (journal, answer) -> journal.delete(stream, extent(answer));
    }

    static JournalCall streams(String prefix) {
        return (journal, answer) -> journal.streams(prefix, outcome(answer, JournalCall::spelled));
    }

    /** A call that has to throw. */
    static JournalCall refused(JournalCall call) {
        return (journal, answer) -> {
            try {
                call.make(journal, text -> answer.accept("taken: " + text));
            } catch (IllegalArgumentException e) {
                answer.accept("refused");
            }
        };
    }

    private static String spelled(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "" : " ").append(name);
        }
        return text.toString();
    }

    private static String text(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Intact intact -> intact.version() + ":" + Utf8.decode(intact.bytes());
            case JournalEntry.Damaged damaged -> damaged.version() + "!";
        };
    }

    private static Outcome<StreamExtent> extent(Consumer<String> answer) {
        return outcome(answer, extent -> extent.truncated() + ".." + extent.version());
    }

    /** How an answer is spelled. */
    @FunctionalInterface
    interface Spelling<T extends @Nullable Object> {
        String of(T value);
    }

    private static <T extends @Nullable Object> Outcome<T> outcome(Consumer<String> answer, Spelling<T> spelling) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                answer.accept(spelling.of(value));
            }

            @Override
            public void failed(Failure failure) {
                answer.accept(failure.code() == Journal.STALE ? "stale" : "failed: " + failure.message());
            }
        };
    }
}
