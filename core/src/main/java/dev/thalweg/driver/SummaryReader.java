package dev.thalweg.driver;

import dev.thalweg.bytes.Percent;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.GitBlob;
import dev.thalweg.storage.SummaryNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one summary: its tree in one request, then every blob once that did not come with it, several at a time. What the
 * document attached as blobs of their own is not read, and what the storage does not have is not there: both are known by
 * their ids alone.
 */
final class SummaryReader {
    private final GitApi git;
    private final Bounded pool;
    private final GitApi.Commit commit;
    private final Outcome<@Nullable StoredSummary> outcome;
    private final Map<String, SummaryNode.Blob> leaves = new HashMap<>();
    private List<GitApi.Entry> entries = List.of();
    private int missing;
    private boolean over;

    private SummaryReader(GitApi git, int concurrent, GitApi.Commit commit,
            Outcome<@Nullable StoredSummary> outcome) {
        this.git = git;
        this.pool = new Bounded(concurrent);
        this.commit = commit;
        this.outcome = outcome;
    }

    static void read(GitApi git, int concurrent, String documentId, Outcome<@Nullable StoredSummary> outcome) {
        git.latestCommit(documentId, new Outcome<>() {
            @Override
            public void succeeded(GitApi.@Nullable Commit commit) {
                if (commit == null) {
                    outcome.succeeded(null);
                } else {
                    new SummaryReader(git, concurrent, commit, outcome).start();
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void start() {
        git.tree(commit.tree(), true, new Outcome<>() {
            @Override
            public void succeeded(GitApi.Listing value) {
                entries = value.entries();
                fetch(value.blobs());
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void fetch(Map<String, byte[]> here) {
        Set<String> ids = new LinkedHashSet<>();
        for (GitApi.Entry entry : entries) {
            if (!entry.folder() && !SummaryNode.Attachment.standsAt(entry.path())) {
                ids.add(entry.id());
            }
        }
        missing = ids.size();
        if (missing == 0) {
            finish();
        }
        for (String id : ids) {
            if (over) {
                return;
            }
            byte[] known = here.get(id);
            if (known != null) {
                arrived(id, known);
                continue;
            }
            pool.run(done -> git.blob(id, new Outcome<>() {
                @Override
                public void succeeded(byte[] bytes) {
                    arrived(id, bytes);
                    done.run();
                }

                @Override
                public void failed(Failure failure) {
                    if (failure.code() == 404 || failure.code() == 400) {
                        one();
                    } else {
                        fail(failure);
                    }
                    done.run();
                }
            }));
        }
    }

    private void arrived(String id, byte[] bytes) {
        GitBlob blob = new GitBlob(bytes);
        if (!blob.id().equals(id)) {
            fail(Failure.passing(0, "blob " + id + " came damaged: its bytes are those of " + blob.id()));
            return;
        }
        leaves.put(id, blob.leaf());
        one();
    }

    private void one() {
        missing--;
        if (missing == 0 && !over) {
            finish();
        }
    }

    private void fail(Failure failure) {
        if (!over) {
            over = true;
            pool.clear();
            outcome.failed(failure);
        }
    }

    private void finish() {
        over = true;
        Folder root = new Folder();
        for (GitApi.Entry entry : entries) {
            if (!root.add(entry, leaves.get(entry.id()))) {
                outcome.failed(Failure.permanent(0,
                        "tree " + commit.tree() + " has a part whose name or place is wrong: " + entry.path()));
                return;
            }
        }
        outcome.succeeded(new StoredSummary(commit.id(), root.tree()));
    }

    /** A folder that is being filled. */
    private static final class Folder {
        private final Map<String, SummaryNode> leaves = new LinkedHashMap<>();
        private final Map<String, Folder> folders = new HashMap<>();

        boolean add(GitApi.Entry entry, SummaryNode.@Nullable Blob leaf) {
            Folder folder = this;
            String path = entry.path();
            int from = 0;
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
                String name = Percent.decode(path.substring(from, slash));
                folder = name == null ? null : folder.folders.get(name);
                if (folder == null) {
                    return false;
                }
                from = slash + 1;
            }
            String name = Percent.decode(path.substring(from));
            if (name == null || name.isEmpty() || folder.leaves.containsKey(name)) {
                return false;
            }
            /* A folder takes its place in the order now and is put there when it is full. */
            folder.leaves.put(name, entry.folder() ? SummaryNode.Tree.EMPTY
                    : leaf == null ? new SummaryNode.Attachment(entry.id()) : leaf);
            if (entry.folder()) {
                folder.folders.put(name, new Folder());
            }
            return true;
        }

        SummaryNode.Tree tree() {
            for (Map.Entry<String, SummaryNode> part : leaves.entrySet()) {
                Folder folder = folders.get(part.getKey());
                if (folder != null) {
                    part.setValue(folder.tree());
                }
            }
            return new SummaryNode.Tree(leaves);
        }
    }
}
