package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that scripts can be made up for: each structure by itself, and {@code mixed}, a document of all. */
public final class Subjects {
    private static final List<Subject> ALL = list();

    private Subjects() {}

    /** All of them. */
    public static List<Subject> all() {
        return ALL;
    }

    /** The one of that name, or null when there is none. */
    public static @Nullable Subject find(String name) {
        for (Subject subject : ALL) {
            if (subject.name().equals(name)) {
                return subject;
            }
        }
        return null;
    }

    /** The names of all, with commas between. */
    public static String names() {
        return Models.names() + ", " + MixedDocuments.NAME;
    }

    private static List<Subject> list() {
        List<Subject> subjects = new ArrayList<>();
        for (StructureModel<?> model : Models.all()) {
            subjects.add(new Structure(model));
        }
        subjects.add(new MixedDocuments());
        return List.copyOf(subjects);
    }

    private record Structure(StructureModel<?> model) implements Subject {
        @Override
        public String name() {
            return model.name();
        }

        @Override
        public RandomRunner.Run generate(int seed) {
            return RandomRunner.generate(model, seed);
        }

        @Override
        public RandomRunner.Run play(Script script) {
            return RandomRunner.play(model, script);
        }
    }
}
