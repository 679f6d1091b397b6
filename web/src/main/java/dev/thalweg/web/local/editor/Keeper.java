package dev.thalweg.web.local.editor;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a copy of a text in a stream of a journal: what is new as it comes, and now and then the whole in its place. */
/*
 * A record is a byte that says what it is, and then events as the text writes them, or the copy's standing as JSON: what of
 * it others have, and whether it is online. Of standings the last one counts. A snapshot is events alone, so a standing is
 * written once more behind it.
 */
final class Keeper {
    private static final int PAGE = 256;
    private static final byte EVENTS = 'e';
    private static final byte STANDING = 's';

    private final Journal journal;
    private final String stream;
    private final int maxRecords;
    private int records;
    private boolean compacting;
    private Standing standing = Standing.NEW;

    /**
     * What a copy is to go on with.
     *
     * @param shared how many of its own events somebody else is known to have
     * @param online whether its user wants to be in touch with others
     */
    record Standing(int shared, boolean online) {
        static final Standing NEW = new Standing(0, true);

        byte[] toBytes() {
            String json = JsonObject.builder().put("shared", shared).put("online", online).build()
                    .toJson();
            return tagged(STANDING, Utf8.encode(json));
        }

        static Standing read(byte[] bytes) throws ProtocolException {
            JsonObject json = JsonCasts.object(JsonValue.parse(Utf8.decode(bytes)), "a standing");
            return new Standing(json.integer("shared", 0, Integer.MAX_VALUE), json.optionalBool("online", true));
        }
    }

    /**
     * What a stream holds.
     *
     * @param whole  whether the first of the events are a document to be loaded, which others follow
     * @param damage what could not be read, for a person
     */
    record Kept(boolean whole, List<byte[]> events, Standing standing, List<String> damage) {
        Kept {
            events = List.copyOf(events);
            damage = List.copyOf(damage);
        }

        /** As much of the copy as makes sense. @param agent another than it was written as */
        TextDocument readable(String agent) {
            TextDocument document = new TextDocument(agent);
            for (byte[] each : events) {
                try {
                    document.merge(each);
                } catch (ProtocolException e) {
                    // It is lost, and said to be already.
                }
            }
            return document;
        }

        /** The copy as it was. @param agent as which it was written */
        TextDocument document(String agent) throws ProtocolException {
            TextDocument document = whole ? TextDocument.load(agent, events.get(0)) : new TextDocument(agent);
            for (byte[] each : whole ? events.subList(1, events.size()) : events) {
                document.merge(each);
            }
            return document;
        }
    }

    /** A stream that may be written to. @param maxRecords how many there may be before they become a snapshot */
    Keeper(Journal journal, String stream, int maxRecords) {
        this.journal = journal;
        this.stream = stream;
        this.maxRecords = maxRecords;
    }

    /** Reads what there is. */
    void read(Outcome<Kept> outcome) {
        journal.snapshot(stream, new Outcome<>() {
            @Override
            public void succeeded(@Nullable JournalEntry entry) {
                List<String> damage = new ArrayList<>();
                List<byte[]> events = new ArrayList<>();
                if (entry instanceof JournalEntry.Intact intact) {
                    events.add(intact.bytes());
                } else if (entry instanceof JournalEntry.Damaged damaged) {
                    damage.add("the snapshot: " + damaged.reason());
                }
                read(entry == null ? 0 : entry.version(), !events.isEmpty(), events, damage, outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void read(int after, boolean whole, List<byte[]> events, List<String> damage,
            Outcome<Kept> outcome) {
        journal.read(stream, after, PAGE, new Outcome<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                int last = after;
                for (JournalEntry entry : entries) {
                    last = entry.version();
                    take(entry, events, damage);
                }
                if (entries.isEmpty()) {
                    outcome.succeeded(new Kept(whole, events, standing, damage));
                } else {
                    read(last, whole, events, damage, outcome);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void take(JournalEntry entry, List<byte[]> events, List<String> damage) {
        records++;
        switch (entry) {
            case JournalEntry.Intact intact -> {
                byte[] bytes = intact.bytes();
                byte[] rest = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
                if (bytes.length > 0 && bytes[0] == EVENTS) {
                    events.add(rest);
                } else {
                    try {
                        standing = Standing.read(rest);
                    } catch (ProtocolException e) {
                        damage.add("record " + entry.version() + ": " + e.getMessage());
                    }
                }
            }
            case JournalEntry.Damaged damaged -> damage.add("record " + entry.version() + ": " + damaged.reason());
        }
    }

    /** Adds events. @param outcome hears when they are durable */
    void keep(byte[] events, Outcome<StreamExtent> outcome) {
        append(tagged(EVENTS, events), outcome);
    }

    /** Says how the copy stands, if that is another than last time. */
    void keep(Standing now) {
        if (!now.equals(standing)) {
            standing = now;
            append(now.toBytes(), Outcome.ignored());
        }
    }

    private void append(byte[] record, Outcome<StreamExtent> outcome) {
        records++;
        journal.append(stream, Journal.ANY, List.of(record), outcome);
    }

    /**
     * Puts the whole in place of the records when there are many. Whether that works makes no difference to anybody.
     *
     * @param extent   what the stream has
     * @param document holds all that was kept by then, and what is not kept yet may be in it
     */
    void compact(StreamExtent extent, TextDocument document) {
        if (records < maxRecords || compacting) {
            return;
        }
        compacting = true;
        records = 0;
        int version = extent.version();
        journal.save(stream, version, document.encode(true), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent saved) {
                compacting = false;
                append(standing.toBytes(), Outcome.ignored());
                journal.truncate(stream, version, Outcome.ignored());
            }

            @Override
            public void failed(Failure failure) {
                compacting = false;
            }
        });
    }

    private static byte[] tagged(byte tag, byte[] bytes) {
        byte[] record = new byte[bytes.length + 1];
        record[0] = tag;
        System.arraycopy(bytes, 0, record, 1, bytes.length);
        return record;
    }
}
