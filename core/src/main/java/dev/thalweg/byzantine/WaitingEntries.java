package dev.thalweg.byzantine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries whose causes are not here yet, so many of each author. */
final class WaitingEntries {
    private static final class Account {
        int entries;
        int content;
    }

    private record Waiting(SignedEntry entry, int content) {}

    private final ByzantineLimits limits;
    private final Map<String, Waiting> byDigest = new HashMap<>();
    /* By one of the causes that are missing. */
    private final Map<String, List<SignedEntry>> byCause = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();

    WaitingEntries(ByzantineLimits limits) {
        this.limits = limits;
    }

    int size() {
        return byDigest.size();
    }

    boolean contains(String digest) {
        return byDigest.containsKey(digest);
    }

    /** Takes an entry in. @return why not, or null */
    @Nullable
    String add(SignedEntry entry, String cause, int content) {
        String author = entry.header().author();
        Account account = accounts.get(author);
        if (account == null) {
            if (accounts.size() >= limits.maxWaitingPeers()) {
                return "entries of " + accounts.size() + " peers wait for their causes, and no more are allowed";
            }
            account = new Account();
        }
        if (account.entries >= limits.maxWaiting() || account.content > limits.maxWaitingContent() - content) {
            return account.entries + " entries of this peer with " + account.content
                    + " characters wait for their causes, the limits are " + limits.maxWaiting() + " and "
                    + limits.maxWaitingContent();
        }
        accounts.put(author, account);
        account.entries++;
        account.content += content;
        byDigest.put(entry.digest(), new Waiting(entry, content));
        waitFor(entry, cause);
        return null;
    }

    /** Has an entry that is here wait for another cause. */
    void waitFor(SignedEntry entry, String cause) {
        byCause.computeIfAbsent(cause, digest -> new ArrayList<>()).add(entry);
    }

    /** Takes those out that wait for a cause; they stay in the accounts until {@link #remove}. */
    List<SignedEntry> takeWaitingFor(String cause) {
        List<SignedEntry> found = byCause.remove(cause);
        return found == null ? List.of() : found;
    }

    /** Lets an entry go that waits for nothing any more; one that never waited makes no difference. */
    void remove(String digest) {
        Waiting waiting = byDigest.remove(digest);
        if (waiting == null) {
            return;
        }
        String author = waiting.entry().header().author();
        Account account = accounts.get(author);
        if (account != null) {
            account.entries--;
            account.content -= waiting.content();
            if (account.entries == 0) {
                accounts.remove(author);
            }
        }
    }

    /** The causes that entries wait for. */
    List<String> causes() {
        List<String> causes = new ArrayList<>();
        for (String cause : byCause.keySet()) {
            if (!byDigest.containsKey(cause)) {
                causes.add(cause);
            }
        }
        causes.sort(null);
        return causes;
    }
}
