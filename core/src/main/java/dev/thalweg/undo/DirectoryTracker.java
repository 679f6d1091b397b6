package dev.thalweg.undo;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryOperation;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonValue;
import dev.thalweg.undo.Lane.Token;
import dev.thalweg.undo.UndoOutcome.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a directory tree: the keys of each directory, and subdirectories that come and go. */
/*
 * A subdirectory that was created is deleted again only when it is empty and nobody else has created it, too. One that
 * was deleted is made anew with what was in it, which is another one for the service; edits that other clients had made
 * to it before the deletion was sequenced are among what was in it.
 */
final class DirectoryTracker extends KeyedTracker<DirectoryOperation> {
    private final SharedDirectory root;
    /** The creations in the history, by path. */
    private final Map<String, Created> created = new HashMap<>();
    /** The deletions in flight. */
    private final Set<Deletion> deletions = new LinkedHashSet<>();

    DirectoryTracker(UndoRedoStackManager manager, SharedDirectory root) {
        super(manager, root);
        this.root = root;
    }

    @Override
    Flight record(DirectoryOperation operation) {
        return switch (operation) {
            case DirectoryOperation.Set set -> written(place(set.path(), set.key()), set.value());
            case DirectoryOperation.Delete delete -> written(place(delete.path(), delete.key()), null);
            case DirectoryOperation.Clear clear -> {
                Set<String> places = new LinkedHashSet<>();
                Directory directory = root.getWorkingDirectory(clear.path());
                if (directory != null) {
                    directory.forEach((key, value) -> places.add(place(clear.path(), key)));
                }
                for (String place : places()) {
                    if (path(place).equals(clear.path())) {
                        places.add(place);
                    }
                }
                yield cleared(clear.path(), places);
            }
            case DirectoryOperation.CreateSubDirectory create -> new NewPart(manager.step(),
                    new Created(create.path(), create.name()));
            case DirectoryOperation.DeleteSubDirectory delete -> new Deletion(manager.step(),
                    new Deleted(delete.path(), delete.name()));
        };
    }

    @Override
    void foreign(DirectoryOperation operation) {
        for (Deletion deletion : deletions) {
            deletion.part.content.apply(operation, deletion.part.path);
        }
        switch (operation) {
            case DirectoryOperation.Set set -> foreign(set.path(), place(set.path(), set.key()), set.value());
            case DirectoryOperation.Delete delete -> foreign(delete.path(), place(delete.path(), delete.key()), null);
            case DirectoryOperation.Clear clear -> {
                for (Lane lane : all()) {
                    if (path(lane.place).equals(clear.path())) {
                        foreign(lane, null);
                    }
                }
            }
            case DirectoryOperation.CreateSubDirectory create -> {
                Created part = created.get(join(create.path(), create.name()));
                if (part != null) {
                    part.shared = true;
                }
            }
            case DirectoryOperation.DeleteSubDirectory delete -> bury(join(delete.path(), delete.name()));
        }
    }

    /** A subdirectory went: what was written in it is nobody's any more. @return what was on top in its lanes */
    private Map<Lane, Token> bury(String path) {
        Map<Lane, Token> tops = new HashMap<>();
        for (Lane lane : all()) {
            if (within(path(lane.place), path)) {
                tops.put(lane, lane.top);
                lane.top = new Token(null, null, null);
            }
        }
        return tops;
    }

    /** A subdirectory that was created. */
    private final class Created extends Part {
        private final String parent;
        private final String child;
        private final String path;
        private boolean shared;

        Created(String parent, String child) {
            super(DirectoryTracker.this, join(parent, child));
            this.parent = parent;
            this.child = child;
            this.path = join(parent, child);
            created.put(path, this);
        }

        @Override
        @Nullable
        Reason revert(List<Runnable> back) {
            Directory above = root.getWorkingDirectory(parent);
            Directory directory = above == null ? null : above.getSubDirectory(child);
            if (above == null || directory == null) {
                return Reason.GONE;
            }
            if (shared || directory.size() > 0 || directory.countSubDirectory() > 0) {
                return Reason.OVERWRITTEN;
            }
            perform(new Flight(), () -> above.deleteSubDirectory(child));
            return null;
        }

        @Override
        @Nullable
        Reason reapply(List<Runnable> back) {
            Directory above = root.getWorkingDirectory(parent);
            if (above == null || above.hasSubDirectory(child)) {
                return Reason.GONE;
            }
            perform(new Flight(), () -> above.createSubDirectory(child));
            return null;
        }

        @Override
        void forget() {
            if (created.get(path) == this) {
                created.remove(path);
            }
        }
    }

    /** A subdirectory that was deleted. */
    private final class Deleted extends Part {
        private final String parent;
        private final String child;
        private final String path;
        private final Map<Lane, Token> tops;
        private final Subtree content;
        private @Nullable Directory restored;

        Deleted(String parent, String child) {
            super(DirectoryTracker.this, join(parent, child));
            this.parent = parent;
            this.child = child;
            this.path = join(parent, child);
            Directory directory = root.getWorkingDirectory(path);
            this.content = directory == null ? new Subtree() : Subtree.of(directory);
            this.tops = bury(path);
        }

        @Override
        @Nullable
        Reason revert(List<Runnable> back) {
            Directory above = root.getWorkingDirectory(parent);
            if (above == null || above.hasSubDirectory(child)) {
                return Reason.GONE;
            }
            restored = make(above, child, content);
            tops.forEach((lane, top) -> {
                Token buried = lane.top;
                if (buried.step == null) {
                    back.add(() -> lane.top = buried);
                    lane.top = new Token(seen(lane.place), null, null);
                    if (Objects.equals(lane.top.value, top.value)) {
                        lane.top = top;
                    }
                }
            });
            return null;
        }

        @Override
        @Nullable
        Reason reapply(List<Runnable> back) {
            Directory above = root.getWorkingDirectory(parent);
            Directory directory = above == null ? null : above.getSubDirectory(child);
            if (above == null || directory == null) {
                return Reason.GONE;
            }
            if (directory != restored || !Subtree.of(directory).same(content)) {
                return Reason.OVERWRITTEN;
            }
            perform(new Flight(), () -> above.deleteSubDirectory(child));
            bury(path);
            return null;
        }

        private Directory make(Directory above, String name, Subtree subtree) {
            List<Directory> made = new ArrayList<>(1);
            perform(new Flight(), () -> made.add(above.createSubDirectory(name)));
            Directory directory = made.get(0);
            subtree.values.forEach((key, value) -> perform(new Flight(), () -> directory.set(key, value)));
            subtree.children.forEach((below, deeper) -> make(directory, below, deeper));
            return directory;
        }
    }

    /** A deletion in flight, whose content others may still change. */
    private final class Deletion extends Flight {
        private final Step step;
        private final Deleted part;

        Deletion(Step step, Deleted part) {
            this.step = step;
            this.part = part;
            step.parts.add(part);
        }

        @Override
        void begins(Object operation) {
            super.begins(operation);
            deletions.add(this);
        }

        @Override
        void landed() {
            deletions.remove(this);
        }

        @Override
        void takenBack() {
            deletions.remove(this);
            part.tops.forEach((lane, top) -> lane.top = top);
            manager.takeBack(step, part);
        }
    }

    @Override
    @Nullable
    JsonValue seen(String place) {
        String path = path(place);
        Directory directory = root.getWorkingDirectory(path);
        return directory == null ? null : directory.get(key(place, path));
    }

    @Override
    void write(String place, @Nullable JsonValue value) {
        String path = path(place);
        Directory directory = root.getWorkingDirectory(path);
        if (directory == null) {
            return;
        }
        if (value == null) {
            directory.delete(key(place, path));
        } else {
            directory.set(key(place, path), value);
        }
    }

    @Override
    @Nullable
    Reason gone(String place) {
        return root.getWorkingDirectory(path(place)) == null ? Reason.GONE : null;
    }

    @Override
    String name(String place) {
        String path = path(place);
        return path + " " + key(place, path);
    }

    /* A key may hold anything, a slash too: the length of the path says where it begins. */
    private static String place(String path, String key) {
        return path.length() + ":" + path + key;
    }

    private static String path(String place) {
        int colon = place.indexOf(':');
        return place.substring(colon + 1, colon + 1 + Integer.parseInt(place.substring(0, colon)));
    }

    private static String key(String place, String path) {
        return place.substring(place.indexOf(':') + 1 + path.length());
    }

    private static String join(String path, String name) {
        return path.equals("/") ? path + name : path + "/" + name;
    }

    private static boolean within(String path, String above) {
        return path.equals(above) || path.startsWith(above + "/");
    }
}
