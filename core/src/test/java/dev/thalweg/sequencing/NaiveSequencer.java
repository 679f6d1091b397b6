package dev.thalweg.sequencing;

import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the sequencer in the plainest words: everything is a walk over a list. The oracle of the random model. */
final class NaiveSequencer {
    /** What becomes of a message. */
    enum Verdict {
        SEQUENCED, DUPLICATE, ABSORBED, STRANGER, GAP, TYPE, WRITE_SCOPE, SUMMARY_SCOPE, SIZE, FUTURE, STALE
    }

    static final class Member {
        final String id;
        final boolean writes;
        final boolean summarizes;
        int csn;
        int rsn;
        boolean ruined;

        Member(String id, boolean writes, boolean summarizes, int rsn) {
            this.id = id;
            this.writes = writes;
            this.summarizes = summarizes;
            this.rsn = rsn;
        }
    }

    final List<Member> members = new ArrayList<>();
    private final int maxSize;
    int sn;
    int told;

    NaiveSequencer(int maxSize) {
        this.maxSize = maxSize;
    }

    int msn() {
        return members.stream().map(member -> member.rsn).min(Comparator.naturalOrder()).orElse(sn);
    }

    void join(String id, boolean writes, boolean summarizes) {
        members.add(new Member(id, writes, summarizes, msn()));
        number();
    }

    void leave(String id) {
        if (members.removeIf(member -> member.id.equals(id))) {
            number();
        }
    }

    void system() {
        number();
    }

    boolean noop() {
        if (msn() <= told) {
            return false;
        }
        number();
        return true;
    }

    Verdict submit(String id, DocumentMessage message) {
        Member member = find(id);
        if (member == null || member.ruined) {
            return Verdict.STRANGER;
        }
        if (message.clientSequenceNumber() <= member.csn) {
            return Verdict.DUPLICATE;
        }
        if (message.clientSequenceNumber() != member.csn + 1) {
            return Verdict.GAP;
        }
        if (!message.type().fromClients()) {
            return Verdict.TYPE;
        }
        if (!member.writes) {
            return Verdict.WRITE_SCOPE;
        }
        if (message.type() == MessageType.SUMMARIZE && !member.summarizes) {
            return Verdict.SUMMARY_SCOPE;
        }
        String contents = message.contents() == null ? "null" : message.contents().text();
        if (message.contents() != null && contents.length() > maxSize) {
            return Verdict.SIZE;
        }
        if (message.referenceSequenceNumber() > sn) {
            return Verdict.FUTURE;
        }
        if (message.referenceSequenceNumber() >= 0 && message.referenceSequenceNumber() < msn()) {
            member.ruined = true;
            return Verdict.STALE;
        }
        member.csn++;
        member.rsn = message.referenceSequenceNumber() < 0 ? sn : message.referenceSequenceNumber();
        if (message.type() == MessageType.NOOP && (contents.equals("null") || msn() <= told)) {
            return Verdict.ABSORBED;
        }
        number();
        return Verdict.SEQUENCED;
    }

    @Nullable
    Member find(String id) {
        return members.stream().filter(member -> member.id.equals(id)).findFirst().orElse(null);
    }

    private void number() {
        sn++;
        told = msn();
    }
}
