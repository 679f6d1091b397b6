package dev.thalweg.web.rig;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.web.sheet.Sheet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of the one line, whichever link it came on: the latest number, the last few operations, and how
 * many come in a second. Noops count but are not listed; they only say how far a client has read.
 */
final class OpLog {
    private static final int LINES = 14;
    private static final double WINDOW_MILLIS = 5_000;

    private final Function<String, @Nullable Sheet<?>> sheets;
    private final Function<String, String> names;
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private final Deque<Double> arrivals = new ArrayDeque<>();
    private final Deque<Integer> numbers = new ArrayDeque<>();
    private final Map<Sheet<?>, LogEntry> lastOf = new HashMap<>();
    private int latest;
    private int ids;
    private int revision;

    /** @param sheets finds a sheet by the path of its channel @param names finds a client's name by its id */
    OpLog(Function<String, @Nullable Sheet<?>> sheets, Function<String, String> names) {
        this.sheets = sheets;
        this.names = names;
    }

    /** The highest sequence number seen. */
    int latest() {
        return latest;
    }

    /** What was read from the service by another way than a link, for example with a summary. */
    void atLeast(int sequenceNumber) {
        latest = Math.max(latest, sequenceNumber);
    }

    /** Another number after every change of the lines. */
    int revision() {
        return revision;
    }

    /** The lines, newest first. */
    List<LogEntry> entries() {
        return new ArrayList<>(entries);
    }

    /** The last operation seen for a sheet, or null. */
    @Nullable
    LogEntry last(Sheet<?> sheet) {
        return lastOf.get(sheet);
    }

    /** How many operations were seen after a sequence number. */
    int operationsAfter(int sequenceNumber) {
        int count = 0;
        for (int number : numbers) {
            count += number > sequenceNumber ? 1 : 0;
        }
        return count;
    }

    /** Forgets the numbers that every replica has passed. */
    void everyoneHas(int sequenceNumber) {
        while (!numbers.isEmpty() && numbers.getFirst() <= sequenceNumber) {
            numbers.removeFirst();
        }
    }

    /** Operations in a second, over the last few. */
    double rate(double now) {
        while (!arrivals.isEmpty() && arrivals.getFirst() < now - WINDOW_MILLIS) {
            arrivals.removeFirst();
        }
        return arrivals.size() * 1000 / WINDOW_MILLIS;
    }

    /** Messages came on some link; those seen before are passed over. */
    void sequenced(List<SequencedMessage> messages, String frame, double now) {
        for (SequencedMessage message : messages) {
            if (message.sequenceNumber() > latest) {
                latest = message.sequenceNumber();
                list(message, frame, now);
            }
        }
    }

    /** An operation was delivered once more. @param changed whether it made a difference, which it must not */
    void again(LogEntry entry, boolean changed) {
        push(new LogEntry(ids++, entry.number(), "again " + entry.what(), entry.author(), LogEntry.Kind.ASIDE,
                changed ? "changed something" : "absorbed", entry.message(), entry.frame(), entry.sheet(),
                entry.op()));
    }

    /** A replica found out that an operation was refused. */
    void refused(int sequenceNumber, Sheet<?> sheet, String why) {
        List<LogEntry> all = entries();
        entries.clear();
        revision++;
        for (LogEntry entry : all) {
            boolean meant = entry.number() == sequenceNumber && entry.sheet() == sheet && entry.verdict().isEmpty();
            entries.addLast(meant ? entry.refused(why) : entry);
        }
    }

    /** A client's name has become known: lines it wrote before that say so now. */
    void named() {
        List<LogEntry> all = entries();
        entries.clear();
        for (LogEntry entry : all) {
            String name = author(entry.message());
            if (!name.equals(entry.author())) {
                revision++;
            }
            entries.addLast(entry.by(name));
        }
    }

    private void list(SequencedMessage message, String frame, double now) {
        switch (message.type()) {
            case OP -> operations(message, frame, now);
            case NOOP -> {
                // Not listed.
            }
            case JOIN, LEAVE, PROPOSE, REJECT, ACCEPT, SUMMARIZE, SUMMARY_ACK, SUMMARY_NACK, NO_CLIENT, CONTROL,
                    UNKNOWN ->
                    push(new LogEntry(ids++, message.sequenceNumber(), message.type().wireName(), author(message),
                            LogEntry.Kind.SYSTEM, "", message, frame, null, null));
        }
    }

    private void operations(SequencedMessage message, String frame, double now) {
        arrivals.addLast(now);
        numbers.addLast(message.sequenceNumber());
        List<ChannelOp> operations = ChannelOp.in(message.contents());
        for (ChannelOp operation : operations) {
            Sheet<?> sheet = sheets.apply(operation.path());
            LogEntry entry = new LogEntry(ids++, message.sequenceNumber(), words(sheet, operation.contents()),
                    author(message), LogEntry.Kind.OPERATION, "", message, frame, sheet, operation);
            if (sheet != null) {
                lastOf.put(sheet, entry);
            }
            push(entry);
        }
        if (operations.isEmpty()) {
            push(new LogEntry(ids++, message.sequenceNumber(), "op", author(message), LogEntry.Kind.SYSTEM, "",
                    message, frame, null, null));
        }
    }

    private static String words(@Nullable Sheet<?> sheet, JsonObject operation) {
        return sheet == null ? "op elsewhere in the document" : sheet.describe(operation);
    }

    private String author(SequencedMessage message) {
        String id = message.clientId();
        if (id != null) {
            return names.apply(id);
        }
        try {
            return switch (message.body()) {
                case MessageBody.Join join -> names.apply(join.clientId());
                case MessageBody.Leave leave -> names.apply(leave.clientId());
                case MessageBody.Op op -> "service";
                case MessageBody.Noop noop -> "service";
                case MessageBody.Propose propose -> "service";
                case MessageBody.Reject reject -> "service";
                case MessageBody.Accept accept -> "service";
                case MessageBody.Summarize summarize -> "service";
                case MessageBody.SummaryAck ack -> "service";
                case MessageBody.SummaryNack nack -> "service";
                case MessageBody.NoClient none -> "service";
                case MessageBody.Control control -> "service";
                case MessageBody.Unknown unknown -> "service";
            };
        } catch (ProtocolException e) {
            return "service";
        }
    }

    private void push(LogEntry entry) {
        revision++;
        entries.addFirst(entry);
        if (entries.size() > LINES) {
            entries.removeLast();
        }
    }
}
