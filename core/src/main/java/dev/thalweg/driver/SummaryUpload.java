package dev.thalweg.driver;

import dev.thalweg.bytes.Percent;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Uploads one summary from the leaves up, several requests at a time. What a handle stands for is looked up in the tree
 * of the parent commit; leaves that are there already, and equal leaves, are not sent again.
 */
final class SummaryUpload {
    private final GitApi git;
    private final Bounded pool;
    private final Outcome<String> outcome;
    /* What the parent has, by canonical path, and the ids of its leaves. */
    private final Map<String, GitApi.Entry> inherited = new HashMap<>();
    private final Set<String> stored = new HashSet<>();
    /* Leaves on their way, with those who wait for them. */
    private final Map<String, List<Runnable>> sending = new HashMap<>();
    private boolean over;

    private SummaryUpload(GitApi git, int concurrent, Outcome<String> outcome) {
        this.git = git;
        this.pool = new Bounded(concurrent);
        this.outcome = outcome;
    }

    static void start(GitApi git, int concurrent, SummaryNode.Tree tree, @Nullable String parent,
            Outcome<String> outcome) {
        SummaryUpload upload = new SummaryUpload(git, concurrent, outcome);
        if (parent == null) {
            upload.root(tree);
        } else {
            upload.readParent(parent, tree);
        }
    }

    private void readParent(String parent, SummaryNode.Tree tree) {
        git.latestCommit(parent, new Outcome<>() {
            @Override
            public void succeeded(GitApi.@Nullable Commit commit) {
                if (commit == null) {
                    fail(Failure.permanent(404, "there is no commit " + parent + " to take unchanged parts from"));
                } else {
                    readTree(commit, tree);
                }
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
            }
        });
    }

    private void readTree(GitApi.Commit commit, SummaryNode.Tree tree) {
        git.tree(commit.tree(), false, new Outcome<>() {
            @Override
            public void succeeded(GitApi.Listing parent) {
                for (GitApi.Entry entry : parent.entries()) {
                    inherited.put(canonical(entry.path()), entry);
                    if (!entry.folder()) {
                        stored.add(entry.id());
                    }
                }
                root(tree);
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
            }
        });
    }

    private void root(SummaryNode.Tree tree) {
        new Folder(tree, id -> {
            if (!over) {
                over = true;
                outcome.succeeded(id);
            }
        }).start();
    }

    private void fail(Failure failure) {
        if (!over) {
            over = true;
            pool.clear();
            outcome.failed(failure);
        }
    }

    private void leaf(SummaryNode.Blob blob, Consumer<String> stands) {
        String id = Blobs.id(blob.bytes());
        if (stored.contains(id)) {
            stands.accept(id);
            return;
        }
        List<Runnable> others = sending.get(id);
        if (others != null) {
            others.add(() -> stands.accept(id));
            return;
        }
        List<Runnable> waiting = new ArrayList<>();
        waiting.add(() -> stands.accept(id));
        sending.put(id, waiting);
        pool.run(done -> git.createBlob(blob, new Outcome<>() {
            @Override
            public void succeeded(String given) {
                if (given.equals(id)) {
                    stored.add(id);
                    sending.remove(id);
                    waiting.forEach(Runnable::run);
                } else {
                    fail(Failure.permanent(0, "the storage named a blob " + given + " whose id is " + id));
                }
                done.run();
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
                done.run();
            }
        }));
    }

    /** The path of a part as we spell it, since writers differ in which characters they encode. */
    private static String canonical(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int from = path.startsWith("/") ? 1 : 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(from, end);
            String name = Percent.decode(segment);
            out.append('/').append(name == null ? segment : Percent.encode(name));
            from = end + 1;
        }
        return out.toString();
    }

    /** A folder whose parts are being uploaded. */
    private final class Folder {
        private final SummaryNode.Tree tree;
        private final Consumer<String> stands;
        private final GitApi.Entry[] parts;
        private int missing;

        Folder(SummaryNode.Tree tree, Consumer<String> stands) {
            this.tree = tree;
            this.stands = stands;
            parts = new GitApi.Entry[tree.entries().size()];
            missing = parts.length;
        }

        void start() {
            int place = 0;
            if (missing == 0) {
                store();
            }
            for (Map.Entry<String, SummaryNode> part : tree.entries().entrySet()) {
                begin(place++, Percent.encode(part.getKey()), part.getValue());
            }
        }

        private void begin(int place, String name, SummaryNode node) {
            switch (node) {
                case SummaryNode.Tree folder ->
                        new Folder(folder, id -> put(place, new GitApi.Entry(name, true, id))).start();
                case SummaryNode.Blob blob -> leaf(blob, id -> put(place, new GitApi.Entry(name, false, id)));
                case SummaryNode.Attachment attachment ->
                        put(place, new GitApi.Entry(name, false, attachment.id()));
                case SummaryNode.Handle handle -> {
                    GitApi.Entry found = inherited.get(canonical(handle.path()));
                    if (found == null || found.folder() == handle.blob()) {
                        fail(Failure.permanent(404, "the parent summary has no " + (handle.blob() ? "leaf" : "folder")
                                + " at " + handle.path()));
                    } else {
                        put(place, new GitApi.Entry(name, found.folder(), found.id()));
                    }
                }
            }
        }

        private void put(int place, GitApi.Entry entry) {
            parts[place] = entry;
            missing--;
            if (missing == 0) {
                store();
            }
        }

        private void store() {
            if (over) {
                return;
            }
            pool.run(done -> git.createTree(List.of(parts), new Outcome<>() {
                @Override
                public void succeeded(String id) {
                    stands.accept(id);
                    done.run();
                }

                @Override
                public void failed(Failure failure) {
                    fail(failure);
                    done.run();
                }
            }));
        }
    }
}
