package dev.thalweg.web.platform;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Keeps streams in a database of the browser (IndexedDB), which all pages of one origin share. */
/*
 * Every call is one transaction, begun before the call returns; the browser runs those that touch the same store in the
 * order in which they were begun, those of other pages among them. A change is told once its transaction is complete,
 * asked to be on the disk by then (`durability: "strict"`).
 *
 * Bytes cross over to JavaScript as a string of the characters 0 to 255, which is alike on both targets. A record's
 * checksum is taken as if its version were 0: the version is its key here, and not known before the transaction runs.
 */
public final class BrowserJournal implements Journal {
    private static final int MAX_PAGE = 256;

    private final JSObject database;

    private BrowserJournal(JSObject database) {
        this.database = database;
    }

    @JSFunctor
    private interface Opened extends JSObject {
        void accept(JSObject database);
    }

    @JSFunctor
    private interface Failed extends JSObject {
        void accept(String message);
    }

    /** Hears what a stream has, or with a third number of 0 and more, at which version it is instead. */
    @JSFunctor
    private interface Made extends JSObject {
        void accept(int truncated, int version, int stale);
    }

    @JSFunctor
    private interface Row extends JSObject {
        void accept(int version, int sum, String bytes);
    }

    @JSFunctor
    private interface Name extends JSObject {
        void accept(String name);
    }

    @JSFunctor
    private interface Done extends JSObject {
        void accept();
    }

    /** Opens a database, which is made when it is missing. @param name of the database, within the page's origin */
    public static void open(String name, Outcome<BrowserJournal> outcome) {
        open(name, database -> outcome.succeeded(new BrowserJournal(database)), failed(outcome));
    }

    /** Closes it when what was asked for is done; later calls fail. */
    public void close() {
        close(database);
    }

    @Override
    public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.records(expected, records);
        String[] texts = new String[records.size()];
        int[] sums = new int[records.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = BrowserBytes.text(records.get(i));
            sums[i] = JournalLimits.checksum(0, records.get(i));
        }
        append(database, stream, expected, texts, sums, made(stream, expected, outcome), failed(outcome));
    }

    @Override
    public void read(String stream, int after, int limit, Outcome<List<JournalEntry>> outcome) {
        JournalLimits.name(stream);
        JournalLimits.page(after, limit);
        List<JournalEntry> entries = new ArrayList<>();
        read(database, stream, after, Math.min(limit, MAX_PAGE),
                (version, sum, bytes) -> entries.add(entry(version, sum, bytes)), () -> outcome.succeeded(entries),
                failed(outcome));
    }

    @Override
    public void extent(String stream, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        extent(database, stream, made(stream, ANY, outcome), failed(outcome));
    }

    @Override
    public void truncate(String stream, int upTo, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.version(upTo);
        truncate(database, stream, upTo, made(stream, upTo, outcome), failed(outcome));
    }

    @Override
    public void save(String stream, int version, byte[] snapshot, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        JournalLimits.version(version);
        JournalLimits.record(snapshot);
        save(database, stream, version, BrowserBytes.text(snapshot), JournalLimits.checksum(0, snapshot),
                made(stream, version, outcome), failed(outcome));
    }

    @Override
    public void snapshot(String stream, Outcome<@Nullable JournalEntry> outcome) {
        JournalLimits.name(stream);
        List<JournalEntry> found = new ArrayList<>();
        snapshot(database, stream, (version, sum, bytes) -> found.add(entry(version, sum, bytes)),
                () -> outcome.succeeded(found.isEmpty() ? null : found.get(0)), failed(outcome));
    }

    @Override
    public void delete(String stream, Outcome<StreamExtent> outcome) {
        JournalLimits.name(stream);
        delete(database, stream, made(stream, ANY, outcome), failed(outcome));
    }

    @Override
    public void streams(String prefix, Outcome<List<String>> outcome) {
        JournalLimits.prefix(prefix);
        List<String> names = new ArrayList<>();
        streams(database, prefix, names::add, () -> outcome.succeeded(names), failed(outcome));
    }

    private static Made made(String stream, int expected, Outcome<StreamExtent> outcome) {
        return (truncated, version, stale) -> {
            if (stale < 0) {
                outcome.succeeded(new StreamExtent(truncated, version));
            } else {
                outcome.failed(JournalLimits.stale(stream, stale, expected));
            }
        };
    }

    private static Failed failed(Outcome<?> outcome) {
        return message -> outcome.failed(Failure.passing(0, "the browser's database failed: " + message));
    }

    private static JournalEntry entry(int version, int sum, String text) {
        byte[] bytes = BrowserBytes.of(text);
        return JournalLimits.checksum(0, bytes) == sum ? new JournalEntry.Intact(version, bytes)
                : new JournalEntry.Damaged(version, "the checksum is not that of its " + bytes.length + " bytes");
    }

    @JSBody(params = {"name", "opened", "failed"}, script = """
            try {
              var request = indexedDB.open(name, 1);
              request.onupgradeneeded = function() {
                request.result.createObjectStore('streams');
                request.result.createObjectStore('records');
              };
              request.onsuccess = function() {
                var database = request.result;
                database.onversionchange = function() { database.close(); };
                opened(database);
              };
              request.onerror = function() { failed(String(request.error)); };
            } catch (e) { failed(String(e)); }
            """)
    private static native void open(String name, Opened opened, Failed failed);

    @JSBody(params = "database", script = "database.close();")
    private static native void close(JSObject database);

    @JSBody(params = {"database", "stream", "expected", "texts", "sums", "made", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams', 'records'], 'readwrite', { durability: 'strict' });
              var row, stale = -1;
              transaction.oncomplete = function() { made(row.truncated, row.version, stale); };
              transaction.onabort = function() { failed(String(transaction.error)); };
              var streams = transaction.objectStore('streams'), records = transaction.objectStore('records');
              streams.get(stream).onsuccess = function(event) {
                row = event.target.result || { truncated: 0, version: 0, snapshot: null };
                if (expected >= 0 && expected !== row.version) { stale = row.version; return; }
                for (var i = 0; i < texts.length; i++) {
                  var bytes = new Uint8Array(texts[i].length);
                  for (var j = 0; j < bytes.length; j++) bytes[j] = texts[i].charCodeAt(j);
                  row.version++;
                  records.put({ version: row.version, sum: sums[i], bytes: bytes }, [stream, row.version]);
                }
                streams.put(row, stream);
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void append(JSObject database, String stream, int expected, String[] texts, int[] sums,
            Made made, Failed failed);

    @JSBody(params = {"database", "stream", "after", "limit", "row", "done", "failed"}, script = """
            try {
              var transaction = database.transaction(['records'], 'readonly');
              var found = [];
              transaction.oncomplete = function() {
                for (var i = 0; i < found.length; i++) {
                  var bytes = found[i].bytes, parts = [];
                  for (var j = 0; j < bytes.length; j += 8192) {
                    parts.push(String.fromCharCode.apply(null, bytes.subarray(j, j + 8192)));
                  }
                  row(found[i].version, found[i].sum, parts.join(''));
                }
                done();
              };
              transaction.onabort = function() { failed(String(transaction.error)); };
              var range = IDBKeyRange.bound([stream, after + 1], [stream, Infinity]);
              transaction.objectStore('records').getAll(range, limit).onsuccess = function(event) {
                found = event.target.result;
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void read(JSObject database, String stream, int after, int limit, Row row, Done done,
            Failed failed);

    @JSBody(params = {"database", "stream", "made", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams'], 'readonly');
              var row;
              transaction.oncomplete = function() { made(row.truncated, row.version, -1); };
              transaction.onabort = function() { failed(String(transaction.error)); };
              transaction.objectStore('streams').get(stream).onsuccess = function(event) {
                row = event.target.result || { truncated: 0, version: 0 };
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void extent(JSObject database, String stream, Made made, Failed failed);

    @JSBody(params = {"database", "stream", "upTo", "made", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams', 'records'], 'readwrite', { durability: 'strict' });
              var row, stale = -1;
              transaction.oncomplete = function() { made(row.truncated, row.version, stale); };
              transaction.onabort = function() { failed(String(transaction.error)); };
              var streams = transaction.objectStore('streams');
              streams.get(stream).onsuccess = function(event) {
                row = event.target.result || { truncated: 0, version: 0, snapshot: null };
                if (upTo > row.version) { stale = row.version; return; }
                if (upTo <= row.truncated) return;
                row.truncated = upTo;
                streams.put(row, stream);
                transaction.objectStore('records').delete(IDBKeyRange.bound([stream, 0], [stream, upTo]));
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void truncate(JSObject database, String stream, int upTo, Made made, Failed failed);

    @JSBody(params = {"database", "stream", "version", "text", "sum", "made", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams'], 'readwrite', { durability: 'strict' });
              var row, stale = -1;
              transaction.oncomplete = function() { made(row.truncated, row.version, stale); };
              transaction.onabort = function() { failed(String(transaction.error)); };
              var streams = transaction.objectStore('streams');
              streams.get(stream).onsuccess = function(event) {
                row = event.target.result || { truncated: 0, version: 0, snapshot: null };
                if (row.snapshot && row.snapshot.version > version) { stale = row.snapshot.version; return; }
                var bytes = new Uint8Array(text.length);
                for (var i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
                row.snapshot = { version: version, sum: sum, bytes: bytes };
                streams.put(row, stream);
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void save(JSObject database, String stream, int version, String text, int sum, Made made,
            Failed failed);

    @JSBody(params = {"database", "stream", "row", "done", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams'], 'readonly');
              var snapshot = null;
              transaction.oncomplete = function() {
                if (snapshot) {
                  var bytes = snapshot.bytes, parts = [];
                  for (var j = 0; j < bytes.length; j += 8192) {
                    parts.push(String.fromCharCode.apply(null, bytes.subarray(j, j + 8192)));
                  }
                  row(snapshot.version, snapshot.sum, parts.join(''));
                }
                done();
              };
              transaction.onabort = function() { failed(String(transaction.error)); };
              transaction.objectStore('streams').get(stream).onsuccess = function(event) {
                snapshot = event.target.result ? event.target.result.snapshot : null;
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void snapshot(JSObject database, String stream, Row row, Done done, Failed failed);

    @JSBody(params = {"database", "stream", "made", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams', 'records'], 'readwrite', { durability: 'strict' });
              transaction.oncomplete = function() { made(0, 0, -1); };
              transaction.onabort = function() { failed(String(transaction.error)); };
              transaction.objectStore('streams').delete(stream);
              transaction.objectStore('records').delete(IDBKeyRange.bound([stream, 0], [stream, Infinity]));
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void delete(JSObject database, String stream, Made made, Failed failed);

    @JSBody(params = {"database", "prefix", "name", "done", "failed"}, script = """
            try {
              var transaction = database.transaction(['streams'], 'readonly');
              var names = [];
              transaction.oncomplete = function() {
                for (var i = 0; i < names.length; i++) name(names[i]);
                done();
              };
              transaction.onabort = function() { failed(String(transaction.error)); };
              var cursors = transaction.objectStore('streams').openKeyCursor(IDBKeyRange.lowerBound(prefix));
              cursors.onsuccess = function() {
                var cursor = cursors.result;
                if (cursor && cursor.key.lastIndexOf(prefix, 0) === 0) {
                  names.push(cursor.key);
                  cursor.continue();
                }
              };
            } catch (e) { setTimeout(function() { failed(String(e)); }, 0); }
            """)
    private static native void streams(JSObject database, String prefix, Name name, Done done, Failed failed);
}
