package dev.thalweg.web.local.table;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.sync.SyncJournal;
import dev.thalweg.sync.SyncLimits;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a copy in the browser: its events in one stream, and in another one's snapshot what others are known to have and
 * whether the copy is offline.
 */
final class Keep {
    private final Journal journal;
    private final String stream;
    private final SyncJournal events;
    private final TableDocument tables;
    private final Consumer<String> trouble;
    private Map<String, Integer> kept;
    private String noted = "";

    /** What was kept. */
    interface Opened {
        /** @param keep null when nothing can be kept here */
        void opened(@Nullable Keep keep, TableDocument tables, Map<String, Integer> seen, boolean offline);
    }

    private Keep(Journal journal, String stream, SyncJournal events, TableDocument tables, Consumer<String> trouble) {
        this.journal = journal;
        this.stream = stream;
        this.events = events;
        this.tables = tables;
        this.trouble = trouble;
        kept = tables.versionVector();
    }

    /** Reads what is kept. @param trouble hears what does not work, for the reader */
    static void open(Journal journal, String stream, String agent, Consumer<String> trouble, Opened opened) {
        SyncJournal.open(journal, stream, agent, SyncLimits.DEFAULT, new Outcome<>() {
            @Override
            public void succeeded(SyncJournal events) {
                events.damage().forEach(trouble);
                try {
                    if (events.declare(DocumentKind.TABLES) instanceof TableDocument tables) {
                        new Keep(journal, stream, events, tables, trouble).open(opened);
                        return;
                    }
                } catch (ProtocolException e) {
                    trouble.accept("Edits are not kept: " + e.getMessage());
                }
                opened.opened(null, new TableDocument(agent), Map.of(), false);
            }

            @Override
            public void failed(Failure failure) {
                trouble.accept(failure.message());
                opened.opened(null, new TableDocument(agent), Map.of(), false);
            }
        });
    }

    private static String notes(String stream) {
        return stream + "/notes";
    }

    private void open(Opened opened) {
        journal.snapshot(notes(stream), new Outcome<>() {
            @Override
            public void succeeded(@Nullable JournalEntry entry) {
                Map<String, Integer> seen = Map.of();
                boolean offline = false;
                if (entry instanceof JournalEntry.Intact intact) {
                    try {
                        JsonObject read = JsonCasts.object(JsonValue.parse(Utf8.decode(intact.bytes())), "notes");
                        seen = TableJson.readKnown(read.require("seen"));
                        offline = read.optionalBool("offline", false);
                    } catch (ProtocolException e) {
                        trouble.accept("the notes cannot be read: " + e.getMessage());
                    }
                }
                opened.opened(Keep.this, tables, seen, offline);
            }

            @Override
            public void failed(Failure failure) {
                trouble.accept(failure.message());
                opened.opened(Keep.this, tables, Map.of(), false);
            }
        });
    }

    /** Writes what is new. */
    void keep(Map<String, Integer> seen, boolean offline) {
        Map<String, Integer> now = tables.versionVector();
        if (!now.equals(kept)) {
            byte[] fresh = tables.encodeSince(kept);
            kept = now;
            events.append(fresh, heard());
            events.compact();
        }
        String notes = JsonObject.builder().put("seen", TableJson.known(seen)).put("offline", offline).build().toJson();
        if (!notes.equals(noted)) {
            noted = notes;
            journal.save(notes(stream), 0, Utf8.encode(notes), heard());
        }
    }

    /** Forgets the copy. */
    static void forget(Journal journal, String stream, Runnable then) {
        journal.delete(stream, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                journal.delete(notes(stream), Outcome.ignored());
                then.run();
            }

            @Override
            public void failed(Failure failure) {
                then.run();
            }
        });
    }

    private Outcome<StreamExtent> heard() {
        return new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {}

            @Override
            public void failed(Failure failure) {
                trouble.accept("Edits are not kept: " + failure.message());
            }
        };
    }
}
