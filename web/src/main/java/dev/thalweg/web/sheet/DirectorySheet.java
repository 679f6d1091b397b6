package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Field books in a SharedDirectory: a race is one crew throwing a book away that the other is writing into. */
final class DirectorySheet implements Sheet<SharedDirectory> {
    private static final String[] BOOKS = {"upper-reach", "middle-reach", "estuary"};
    private static final int[] SOUNDINGS = {12, 7, 20};
    private static final String KEY = "soundings";

    @Override
    public String id() {
        return "directory";
    }

    @Override
    public String title() {
        return "Field books";
    }

    @Override
    public String structure() {
        return "SharedDirectory";
    }

    @Override
    public Group group() {
        return Group.VALUES;
    }

    @Override
    public String rule() {
        return "In each folder the last write wins, key by key; what is written into a folder that goes, goes with it.";
    }

    @Override
    public ChannelType<SharedDirectory> type() {
        return SharedDirectory.TYPE;
    }

    @Override
    public void seed(SharedDirectory directory) {
        reset(directory, "");
    }

    @Override
    public List<Row> rows(SharedDirectory directory, Crew crew) {
        List<Row> rows = new ArrayList<>();
        for (String name : BOOKS) {
            Directory book = directory.getSubDirectory(name);
            boolean pending = directory.pendingSubDirectory(name) || book != null && book.pending(KEY);
            if (book == null) {
                rows.add(new Row(name, "no book", "", pending, Row.Look.GONE,
                        pending ? "thrown away here, not ordered yet" : "",
                        List.of(new Move(Action.CREATE, "begin", "Begin a book for " + name, true))));
            } else {
                int value = Texts.whole(book.get(KEY));
                rows.add(new Row(name, Integer.toString(value), "", pending, Row.Look.NUMBER, book.path() + "/" + KEY,
                        List.of(new Move(Action.DECREMENT, "\u2212", "One sounding fewer in " + name, value > 0),
                                new Move(Action.INCREMENT, "+", "One sounding more in " + name, true),
                                new Move(Action.DELETE, "delete", "Throw away the book of " + name, true))));
            }
        }
        return rows;
    }

    @Override
    public void act(SharedDirectory directory, String key, Action action, String self) {
        switch (action) {
            case INCREMENT -> add(directory, key, 1);
            case DECREMENT -> add(directory, key, -1);
            case CREATE -> directory.createSubDirectory(key).set(KEY, JsonValue.of(0));
            case DELETE -> directory.deleteSubDirectory(key);
            default -> throw Texts.cannot(this, action);
        }
    }

    private static void add(SharedDirectory directory, String name, int amount) {
        Directory book = directory.getSubDirectory(name);
        // A book may go between what a reader saw and the press of the button.
        if (book != null) {
            book.set(KEY, JsonValue.of(Math.max(0, Texts.whole(book.get(KEY)) + amount)));
        }
    }

    @Override
    public String raceLabel() {
        return "Race: delete against write";
    }

    @Override
    public @Nullable Race plan(SharedDirectory directory, double chance) {
        List<String> there = new ArrayList<>();
        for (String name : BOOKS) {
            if (directory.hasSubDirectory(name)) {
                there.add(name);
            }
        }
        return there.isEmpty() ? null : new Race(there.get((int) (chance * there.size())), 5);
    }

    @Override
    public void race(SharedDirectory directory, Race race, Side side, String self) {
        switch (side) {
            case FIRST -> directory.deleteSubDirectory(race.key());
            case SECOND -> add(directory, race.key(), race.base());
        }
    }

    @Override
    public void reset(SharedDirectory directory, String self) {
        for (int i = 0; i < BOOKS.length; i++) {
            Directory book = directory.createSubDirectory(BOOKS[i]);
            if (Texts.whole(book.get(KEY)) != SOUNDINGS[i]) {
                book.set(KEY, JsonValue.of(SOUNDINGS[i]));
            }
        }
    }

    @Override
    public String describe(JsonObject operation) {
        String path = Texts.word(operation, "path");
        String below = path.equals("/") ? path : path + "/";
        return switch (Texts.word(operation, "type")) {
            case "set" -> "set " + below + Texts.word(operation, "key") + " = " + Texts.wrapped(operation);
            case "delete" -> "delete " + below + Texts.word(operation, "key");
            case "clear" -> "clear " + path;
            case "createSubDirectory" -> "create " + below + Texts.word(operation, "subdirName");
            case "deleteSubDirectory" -> "delete folder " + below + Texts.word(operation, "subdirName");
            default -> "?";
        };
    }

    /* A shelf with a book for each reach, as thick as it has soundings; an outline where there is none. */
    @Override
    public List<Shape> drawing(SharedDirectory directory, Crew crew) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < BOOKS.length; i++) {
            int left = 12 + i * 104;
            Directory book = directory.getSubDirectory(BOOKS[i]);
            boolean pending = directory.pendingSubDirectory(BOOKS[i]) || book != null && book.pending(KEY);
            int width = book == null ? 14 : 14 + Math.min(70, Texts.whole(book.get(KEY)));
            shapes.add(
                    Shape.rect(book == null ? pending ? "draft-line" : "hair" : pending ? "draft" : "earth", left, 14,
                            width, 60));
            shapes.add(Shape.text("", left, 89, BOOKS[i]));
        }
        shapes.add(Shape.line("ink", 4, 75, 316, 75));
        return shapes;
    }
}
