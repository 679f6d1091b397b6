package dev.thalweg.replication.log;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.VersionVector;

/** One replica's stream, as far as it was read. */
final class Source {
    final String replica;
    final String stream;
    /** What it says, up to the version. */
    BlockDocument state = BlockDocument.EMPTY;
    int version;
    /** The version of its last change; what came after it only says what the replica has seen. */
    int lastChange;
    /** How much of the other streams its replica is known to have read. */
    VersionVector seen = VersionVector.EMPTY;
    /** The last version at which something was set aside, 0 when nothing was. */
    int epoch;

    Source(String document, String replica) {
        this.replica = replica;
        this.stream = ReplicaLogs.stream(document, replica);
    }

    /** Takes the next entry. @return what it adds to the document, empty when nothing */
    BlockDocument take(LogEntry entry) {
        version = entry.version();
        return switch (entry) {
            case LogEntry.Change change -> {
                lastChange = version;
                state = state.join(change.delta());
                yield change.delta();
            }
            case LogEntry.Seen other -> {
                seen = seen.join(other.versions());
                yield BlockDocument.EMPTY;
            }
            case LogEntry.SetAside lost -> {
                epoch = version;
                yield BlockDocument.EMPTY;
            }
        };
    }

    /** Goes on from a snapshot. */
    void take(LogRecords.Snapshot snapshot, int at) {
        state = state.join(snapshot.state());
        seen = seen.join(snapshot.versions());
        epoch = Math.max(epoch, snapshot.epoch());
        version = Math.max(version, at);
        lastChange = Math.max(lastChange, at);
    }

    /** How much of every stream the replica has read, its own among them. */
    VersionVector known() {
        return version == 0 ? seen : seen.with(new Dot(replica, version));
    }

    /*
     * Under which name the replica numbers its changes. Numbers of a record that was set aside are not known any more,
     * and others may have read it in time; so after a loss the replica goes on under another name, rather than give two
     * changes one number. Tildes in ids are doubled, so that nobody is called like that.
     */
    String writer() {
        String name = replica;
        if (replica.indexOf('~') >= 0) {
            StringBuilder doubled = new StringBuilder();
            for (int i = 0; i < replica.length(); i++) {
                char c = replica.charAt(i);
                doubled.append(c);
                if (c == '~') {
                    doubled.append(c);
                }
            }
            name = doubled.toString();
        }
        return epoch == 0 ? name : name + '~' + epoch;
    }
}
