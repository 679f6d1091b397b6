package dev.thalweg.testkit;

import dev.thalweg.dds.ormap.OrMapMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models of all structures. */
public final class Models {
    private static final List<StructureModel<?>> ALL = List.of(new MapModel(), new CounterModel(),
            new DirectoryModel(), new CellModel(), new RegisterCollectionModel(), new OrderedCollectionModel(),
            new TaskManagerModel(), new PactMapModel(), new PnCounterModel(), new GCounterModel(), new GSetModel(),
            new TwoPhaseSetModel(), new OrSetModel(), new OrMapModel(OrMapMode.TALLY),
            new OrMapModel(OrMapMode.REGISTER), new ClaimsModel());

    private Models() {}

    /** All of them. */
    public static List<StructureModel<?>> all() {
        return ALL;
    }

    /** The model of a structure, or null when there is none of that name. */
    public static @Nullable StructureModel<?> find(String name) {
        for (StructureModel<?> model : ALL) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        return null;
    }

    /** The names of all, with commas between. */
    public static String names() {
        StringBuilder names = new StringBuilder();
        for (StructureModel<?> model : ALL) {
            names.append(names.isEmpty() ? "" : ", ").append(model.name());
        }
        return names.toString();
    }
}
