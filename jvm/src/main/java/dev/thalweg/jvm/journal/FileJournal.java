package dev.thalweg.jvm.journal;

import dev.thalweg.jvm.journal.Frame.Kind;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps streams in a folder, in one file that only grows. */
/*
 * The entries of all streams stand in one file in the order in which they were written, so one wait for the disk makes
 * a whole group durable. Where each is, is kept in memory. When more than half of a file is not needed any more, what is
 * needed is written into a new one, which takes its place once it is on the disk. So the file `journal.<n>` with the
 * greatest n is the journal; others are left over from a crash.
 *
 * After a write has failed nobody knows what is on the disk, and asking again does not tell: an fsync that failed may
 * succeed the next time without having written anything. So the journal does nothing from then on, and has to be opened
 * again, which finds out.
 *
 * What is found damaged is copied into a file `aside.<n>.<place>` before anything is cut off, and reported.
 */
public final class FileJournal implements BlockingJournal {
    private static final long COMPACT_FROM = 8L << 20;
    private static final String NAME = "journal.";

    private final Path folder;
    private final Reports reports;
    private final FileChannel lock;
    private final long compactFrom;
    private final Map<String, StreamIndex> streams = new HashMap<>();
    private FileChannel channel;
    private int generation;
    private long end;
    /* Bytes that are needed, of those up to the end. */
    private long live;
    private @Nullable IOException broken;

    /** Hears what was found damaged. */
    @FunctionalInterface
    public interface Reports {
        /**
         * Some bytes are not what was written. An unfinished write at the end, which a crash leaves behind, is told,
         * too.
         *
         * @param file   where, from which byte on, and how many
         * @param reason for a person
         */
        void damaged(Path file, long from, long length, String reason);
    }

    private FileJournal(Path folder, Reports reports, FileChannel lock, long compactFrom) throws IOException {
        this.folder = folder;
        this.reports = reports;
        this.lock = lock;
        this.compactFrom = compactFrom;
        generation = tidy();
        channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        syncFolder();
        recover();
    }

    /**
     * Opens the journal in a folder, or makes one.
     *
     * @throws IOException when it cannot be read, or is open already
     */
    public static FileJournal open(Path folder, Reports reports) throws IOException {
        return open(folder, reports, COMPACT_FROM);
    }

    /** @param compactFrom how many bytes a file has at least before it is written anew */
    static FileJournal open(Path folder, Reports reports, long compactFrom) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("the journal in " + folder + " is open in another process");
            }
            return new FileJournal(folder, reports, lock, compactFrom);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("the journal in " + folder + " is open already", e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Path file() {
        return folder.resolve(NAME + generation);
    }

    /* Finds the file that counts, and removes what a crash has left over. */
    private int tidy() throws IOException {
        int last = 1;
        List<Path> others = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, NAME + "*")) {
            for (Path file : files) {
                others.add(file);
                String number = file.getFileName().toString().substring(NAME.length());
                if (number.matches("[0-9]{1,9}")) {
                    last = Math.max(last, Integer.parseInt(number));
                }
            }
        }
        for (Path file : others) {
            if (!file.getFileName().toString().equals(NAME + last)) {
                Files.delete(file);
            }
        }
        return last;
    }

    private void syncFolder() throws IOException {
        // Elsewhere a folder cannot be opened, and its entries are written through.
        if (java.io.File.separatorChar == '/') {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private void recover() throws IOException {
        Window window = new Window(channel);
        long torn = new Recovery(window, new Recovery.Found() {
            @Override
            public void entry(Frame frame, long place) throws IOException {
                apply(frame, place);
            }

            @Override
            public void damage(long from, long to, String reason) throws IOException {
                aside(from, to, reason);
            }
        }).run();
        if (torn < window.end()) {
            aside(torn, window.end(), "a write at the end was not finished");
            channel.truncate(torn);
            channel.force(true);
        }
        end = torn;
    }

    private void aside(long from, long to, String reason) throws IOException {
        try (FileChannel copy = FileChannel.open(folder.resolve("aside." + generation + "." + from),
                StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (long place = from; place < to;) {
                place += channel.transferTo(place, to - place, copy);
            }
            copy.force(true);
        }
        reports.damaged(file(), from, to - from, reason);
    }

    /* What an entry of the file means, when it is read again. */
    private void apply(Frame frame, long place) throws IOException {
        int size = frame.size();
        switch (frame.kind()) {
            case APPEND, LOST -> {
                StreamIndex stream = of(frame.stream());
                if (frame.version() > stream.version()) {
                    stream.lose(frame.version() - 1);
                    if (frame.kind() == Kind.APPEND) {
                        stream.add(place, size);
                    } else {
                        stream.lose(frame.version());
                    }
                    live += size;
                } else {
                    aside(place, place + size, "a record of version " + frame.version() + " follows one of version "
                            + stream.version());
                }
            }
            case TRUNCATE -> {
                StreamIndex stream = of(frame.stream());
                stream.lose(frame.version());
                live -= stream.drop(frame.version());
            }
            case SAVE -> snapshot(of(frame.stream()), frame.version(), place, size);
            case DELETE -> forget(frame.stream());
            case START -> {
                forget(frame.stream());
                StreamIndex stream = new StreamIndex(frame.version());
                stream.startSize = size;
                live += size;
                streams.put(frame.stream(), stream);
            }
        }
    }

    private StreamIndex of(String name) {
        return streams.computeIfAbsent(name, any -> new StreamIndex(0));
    }

    private void snapshot(StreamIndex stream, int version, long place, int size) {
        live += size - stream.snapshotSize;
        stream.snapshot = place;
        stream.snapshotVersion = version;
        stream.snapshotSize = size;
    }

    private void forget(String name) {
        StreamIndex stream = streams.remove(name);
        if (stream != null) {
            live -= stream.drop(stream.version()) + stream.snapshotSize + stream.startSize;
        }
    }

    @Override
    public List<Written> write(List<JournalWrite> group) throws IOException {
        requireWhole();
        try {
            List<Written> outcomes = new ArrayList<>(group.size());
            Appender file = new Appender(channel, end);
            for (JournalWrite write : group) {
                outcomes.add(write(write, file));
            }
            if (file.finish()) {
                channel.force(false);
            }
            end = file.place();
            if (end >= compactFrom && live < end / 2) {
                compact();
            }
            return outcomes;
        } catch (IOException | RuntimeException e) {
            broken = new IOException("a write failed, the journal has to be opened again: " + e.getMessage(), e);
            throw broken;
        }
    }

    private Written write(JournalWrite write, Appender file) throws IOException {
        String name = write.stream();
        StreamIndex known = streams.get(name);
        int version = known == null ? 0 : known.version();
        switch (write) {
            case JournalWrite.Append append -> {
                if (append.expected() != Journal.ANY && append.expected() != version) {
                    return refused(known, version);
                }
                StreamIndex stream = of(name);
                int following = append.records().size();
                for (byte[] record : append.records()) {
                    following--;
                    Frame frame = new Frame(Kind.APPEND, name, stream.version() + 1, following, record.length);
                    stream.add(file.append(frame.with(record)), frame.size());
                    live += frame.size();
                }
            }
            case JournalWrite.Truncate truncate -> {
                if (truncate.upTo() > version) {
                    return refused(known, version);
                }
                if (known != null && truncate.upTo() > known.truncated()) {
                    file.append(new Frame(Kind.TRUNCATE, name, truncate.upTo(), 0, 0).with(new byte[0]));
                    live -= known.drop(truncate.upTo());
                }
            }
            case JournalWrite.Save save -> {
                if (known != null && known.snapshot != StreamIndex.LOST && known.snapshotVersion > save.version()) {
                    return refused(known, known.snapshotVersion);
                }
                Frame frame = new Frame(Kind.SAVE, name, save.version(), 0, save.snapshot().length);
                snapshot(of(name), save.version(), file.append(frame.with(save.snapshot())), frame.size());
            }
            case JournalWrite.Delete delete -> {
                if (known != null) {
                    file.append(new Frame(Kind.DELETE, name, 0, 0, 0).with(new byte[0]));
                    forget(name);
                }
            }
        }
        return Written.made(extent(name));
    }

    private static Written refused(@Nullable StreamIndex stream, int version) {
        return Written.refused(stream == null ? StreamExtent.EMPTY : stream.extent(), version);
    }

    /* Writes what is needed into a new file. Damaged entries stay as damaged as they are. */
    private void compact() throws IOException {
        Path next = folder.resolve(NAME + (generation + 1));
        Path unfinished = folder.resolve(NAME + "new");
        FileChannel fresh = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Map<String, StreamIndex> moved = new HashMap<>();
        Appender file = new Appender(fresh, 0);
        long needed = 0;
        for (Map.Entry<String, StreamIndex> entry : streams.entrySet()) {
            String name = entry.getKey();
            StreamIndex old = entry.getValue();
            StreamIndex stream = new StreamIndex(old.truncated());
            Frame start = new Frame(Kind.START, name, old.truncated(), 0, 0);
            file.append(start.with(new byte[0]));
            stream.startSize = start.size();
            needed += start.size();
            for (int version = old.truncated() + 1; version <= old.version(); version++) {
                int size = old.size(version);
                long place = old.place(version) == StreamIndex.LOST ? StreamIndex.LOST
                        : move(Kind.APPEND, name, version, old.place(version), size, file);
                if (place == StreamIndex.LOST) {
                    file.append(new Frame(Kind.LOST, name, version, 0, 0).with(new byte[0]));
                    stream.lose(version);
                } else {
                    stream.add(place, size);
                    needed += size;
                }
            }
            if (old.snapshot != StreamIndex.LOST) {
                stream.snapshot = move(Kind.SAVE, name, old.snapshotVersion, old.snapshot, old.snapshotSize, file);
                stream.snapshotVersion = old.snapshotVersion;
                stream.snapshotSize = stream.snapshot == StreamIndex.LOST ? 0 : old.snapshotSize;
                needed += stream.snapshotSize;
            }
            moved.put(name, stream);
        }
        var unused = file.finish();
        fresh.force(true);
        Files.move(unfinished, next, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        Path old = file();
        channel.close();
        channel = fresh;
        generation++;
        end = file.place();
        live = needed;
        streams.clear();
        streams.putAll(moved);
        Files.delete(old);
    }

    /** Copies an entry. @return where it is, or LOST when its head is damaged by now */
    private long move(Kind kind, String name, int version, long place, int size, Appender file) throws IOException {
        byte[] bytes = Window.read(channel, place, size).array();
        Frame frame = Frame.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
        if (frame == null || frame.size() != size) {
            aside(place, place + size, "no entry is there any more");
            return StreamIndex.LOST;
        }
        return file.append(new Frame(kind, name, version, 0, frame.length()).with(Recovery.body(frame, bytes),
                Recovery.checksum(bytes)));
    }

    @Override
    public List<JournalEntry> read(String name, int after, int limit) throws IOException {
        requireWhole();
        List<JournalEntry> entries = new ArrayList<>();
        StreamIndex stream = streams.get(name);
        if (stream != null) {
            long bytes = 0;
            for (int version = Math.max(after, stream.truncated()) + 1; version <= stream.version()
                    && entries.size() < limit && bytes < COMPACT_FROM; version++) {
                entries.add(entry(version, stream.place(version), stream.size(version)));
                bytes += stream.size(version);
            }
        }
        return entries;
    }

    private JournalEntry entry(int version, long place, int size) throws IOException {
        if (place == StreamIndex.LOST) {
            return new JournalEntry.Damaged(version, "nothing is left of it");
        }
        byte[] bytes = Window.read(channel, place, size).array();
        Frame frame = Frame.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
        return frame == null || frame.size() != size || frame.version() != version
                ? new JournalEntry.Damaged(version, "its entry is damaged")
                : Recovery.entry(frame, bytes);
    }

    @Override
    public StreamExtent extent(String name) throws IOException {
        requireWhole();
        StreamIndex stream = streams.get(name);
        return stream == null ? StreamExtent.EMPTY : stream.extent();
    }

    @Override
    public @Nullable JournalEntry snapshot(String name) throws IOException {
        requireWhole();
        StreamIndex stream = streams.get(name);
        return stream == null || stream.snapshot == StreamIndex.LOST ? null
                : entry(stream.snapshotVersion, stream.snapshot, stream.snapshotSize);
    }

    @Override
    public List<String> streams(String prefix) throws IOException {
        requireWhole();
        return streams.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private void requireWhole() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public void close() throws IOException {
        try (FileChannel one = channel; FileChannel other = lock) {
            if (broken == null && one.isOpen() && other.isOpen()) {
                one.force(true);
            }
        }
    }
}
