package dev.thalweg.undo;

import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.cell.CellEvent;
import dev.thalweg.dds.cell.CellOperation;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryEvent;
import dev.thalweg.dds.directory.DirectoryOperation;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.dds.map.MapOperation;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.OrMapEvent;
import dev.thalweg.dds.ormap.OrMapOperation;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A structure of one client as places with values, which it calls as an {@link UndoOutcome} does.
 *
 * @param <O> its operations
 */
abstract sealed class Written<O> {
    private final List<String> places;

    private Written(List<String> places) {
        this.places = places;
    }

    /** Hears that a place was written. */
    interface Heard {
        void written(String place, boolean local);
    }

    /** Finds it in a container. */
    interface Kind {
        ContainerSchema schema();

        Written<?> in(Container container);
    }

    static final Kind MAP = kind(ContainerSchema.builder().object("it", SharedMap.TYPE).build(), InMap::new);
    static final Kind CELL = kind(ContainerSchema.builder().object("it", SharedCell.TYPE).build(), InCell::new);
    static final Kind DIRECTORY = kind(ContainerSchema.builder().object("it", SharedDirectory.TYPE).build(),
            InDirectory::new);
    static final Kind REGISTERS = kind(ContainerSchema.builder().object("it", SharedOrMap.REGISTER).build(),
            InRegisters::new);

    private interface Finder {
        Written<?> in(Container container);
    }

    private static Kind kind(ContainerSchema schema, Finder finder) {
        return new Kind() {
            @Override
            public ContainerSchema schema() {
                return schema;
            }

            @Override
            public Written<?> in(Container container) {
                return finder.in(container);
            }
        };
    }

    final List<String> places() {
        return places;
    }

    /** What a reader sees, without what is not there. */
    final Map<String, JsonValue> seen() {
        Map<String, JsonValue> seen = new HashMap<>();
        for (String place : places) {
            JsonValue value = get(place);
            if (value != null) {
                seen.put(place, value);
            }
        }
        return seen;
    }

    abstract SharedObject<? extends O, ?> object();

    abstract Tracker<O> tracker(UndoRedoStackManager manager);

    abstract void hear(Heard heard);

    abstract @Nullable JsonValue get(String place);

    abstract void set(String place, JsonValue value);

    abstract void delete(String place);

    /** Takes out several places at once, if the structure can. */
    abstract void clear(String place);

    /** What an operation writes, null where it takes out. */
    abstract Map<String, @Nullable JsonValue> writes(O operation);

    final Map<String, @Nullable JsonValue> none(List<String> cleared) {
        Map<String, @Nullable JsonValue> writes = new HashMap<>();
        cleared.forEach(place -> writes.put(place, null));
        return writes;
    }

    private static final class InMap extends Written<MapOperation> {
        private final SharedMap map;

        InMap(Container container) {
            super(List.of("a", "b", "c"));
            this.map = container.object("it", SharedMap.TYPE);
        }

        @Override
        SharedMap object() {
            return map;
        }

        @Override
        Tracker<MapOperation> tracker(UndoRedoStackManager manager) {
            return new MapTracker(manager, map);
        }

        @Override
        void hear(Heard heard) {
            map.subscribe(event -> {
                if (event instanceof MapEvent.ValueChanged changed) {
                    heard.written(changed.key(), changed.local());
                }
            });
        }

        @Override
        @Nullable
        JsonValue get(String place) {
            return map.get(place);
        }

        @Override
        void set(String place, JsonValue value) {
            map.set(place, value);
        }

        @Override
        void delete(String place) {
            map.delete(place);
        }

        @Override
        void clear(String place) {
            map.clear();
        }

        @Override
        Map<String, @Nullable JsonValue> writes(MapOperation operation) {
            return switch (operation) {
                case MapOperation.Set set -> Map.of(set.key(), set.value());
                case MapOperation.Delete delete -> none(List.of(delete.key()));
                case MapOperation.Clear clear -> none(places());
            };
        }
    }

    private static final class InCell extends Written<CellOperation> {
        private static final String VALUE = "value";

        private final SharedCell cell;

        InCell(Container container) {
            super(List.of(VALUE));
            this.cell = container.object("it", SharedCell.TYPE);
        }

        @Override
        SharedCell object() {
            return cell;
        }

        @Override
        Tracker<CellOperation> tracker(UndoRedoStackManager manager) {
            return new CellTracker(manager, cell);
        }

        @Override
        void hear(Heard heard) {
            cell.subscribe(event -> heard.written(VALUE, switch (event) {
                case CellEvent.ValueChanged changed -> changed.local();
                case CellEvent.Deleted deleted -> deleted.local();
            }));
        }

        @Override
        @Nullable
        JsonValue get(String place) {
            return cell.get();
        }

        @Override
        void set(String place, JsonValue value) {
            cell.set(value);
        }

        @Override
        void delete(String place) {
            cell.delete();
        }

        @Override
        void clear(String place) {
            cell.delete();
        }

        @Override
        Map<String, @Nullable JsonValue> writes(CellOperation operation) {
            return Collections.singletonMap(VALUE, switch (operation) {
                case CellOperation.Set set -> set.value();
                case CellOperation.Delete delete -> null;
            });
        }
    }

    /** The root and one directory in it, which is made before and stays. */
    private static final class InDirectory extends Written<DirectoryOperation> {
        private static final String SUB = "sub";

        private final SharedDirectory root;

        InDirectory(Container container) {
            super(List.of("/ a", "/ b", "/sub a", "/sub b"));
            this.root = container.object("it", SharedDirectory.TYPE);
            root.createSubDirectory(SUB);
        }

        @Override
        SharedDirectory object() {
            return root;
        }

        @Override
        Tracker<DirectoryOperation> tracker(UndoRedoStackManager manager) {
            return new DirectoryTracker(manager, root);
        }

        @Override
        void hear(Heard heard) {
            root.subscribe(event -> {
                if (event instanceof DirectoryEvent.ValueChanged changed) {
                    heard.written(changed.directory().path() + " " + changed.key(), changed.local());
                } else if (event instanceof DirectoryEvent.Cleared cleared) {
                    for (String place : under(cleared.directory().path())) {
                        if (!cleared.directory().pending(key(place))) {
                            heard.written(place, cleared.local());
                        }
                    }
                }
            });
        }

        @Override
        @Nullable
        JsonValue get(String place) {
            return directory(place).get(key(place));
        }

        @Override
        void set(String place, JsonValue value) {
            directory(place).set(key(place), value);
        }

        @Override
        void delete(String place) {
            directory(place).delete(key(place));
        }

        @Override
        void clear(String place) {
            directory(place).clear();
        }

        @Override
        Map<String, @Nullable JsonValue> writes(DirectoryOperation operation) {
            return switch (operation) {
                case DirectoryOperation.Set set -> Map.of(set.path() + " " + set.key(), set.value());
                case DirectoryOperation.Delete delete -> none(List.of(delete.path() + " " + delete.key()));
                case DirectoryOperation.Clear clear -> none(under(clear.path()));
                case DirectoryOperation.CreateSubDirectory create -> Map.of();
                case DirectoryOperation.DeleteSubDirectory delete -> Map.of();
            };
        }

        private List<String> under(String path) {
            List<String> under = new ArrayList<>();
            for (String place : places()) {
                if (place.startsWith(path + " ")) {
                    under.add(place);
                }
            }
            return under;
        }

        private Directory directory(String place) {
            return Objects.requireNonNull(root.getWorkingDirectory(place.substring(0, place.indexOf(' '))));
        }

        private static String key(String place) {
            return place.substring(place.indexOf(' ') + 1);
        }
    }

    private static final class InRegisters extends Written<OrMapOperation> {
        private final SharedOrMap map;

        InRegisters(Container container) {
            super(List.of("a", "b", "c"));
            this.map = container.object("it", SharedOrMap.REGISTER);
        }

        @Override
        SharedOrMap object() {
            return map;
        }

        @Override
        Tracker<OrMapOperation> tracker(UndoRedoStackManager manager) {
            return new RegisterTracker(manager, map);
        }

        @Override
        void hear(Heard heard) {
            map.subscribe(event -> {
                switch (event) {
                    case OrMapEvent.Opened opened -> heard.written(opened.key(), opened.local());
                    case OrMapEvent.Written written -> heard.written(written.key(), written.local());
                    case OrMapEvent.Removed removed -> heard.written(removed.key(), removed.local());
                    case OrMapEvent.Striking striking -> heard.written(striking.key(), striking.local());
                    case OrMapEvent.Tallied tallied -> throw new AssertionError("there are no tallies");
                }
            });
        }

        @Override
        @Nullable
        JsonValue get(String place) {
            return map.has(place) && !map.removing(place) ? map.register(place) : null;
        }

        @Override
        void set(String place, JsonValue value) {
            map.set(place, value);
        }

        @Override
        void delete(String place) {
            map.remove(place);
        }

        @Override
        void clear(String place) {
            map.remove(place);
        }

        @Override
        Map<String, @Nullable JsonValue> writes(OrMapOperation operation) {
            return switch (operation) {
                case OrMapOperation.Write write -> Map.of(write.key(),
                        Objects.requireNonNull(write.delta().value(write.key())).value());
                case OrMapOperation.Remove remove -> none(List.of(remove.key()));
                case OrMapOperation.Open open -> throw new AssertionError("undo writes values");
                case OrMapOperation.Increment increment -> throw new AssertionError("there are no tallies");
            };
        }
    }
}
