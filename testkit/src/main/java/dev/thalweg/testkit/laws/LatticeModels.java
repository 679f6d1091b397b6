package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.MVRegister;
import dev.thalweg.crdt.ORMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models of all lattices, and of compositions that nest them in each other. */
public final class LatticeModels {
    private static final List<LatticeModel<?>> ALL = List.of(PlainModels.G_COUNTER, PlainModels.PN_COUNTER,
            PlainModels.BOUNDED_COUNTER, PlainModels.G_SET, PlainModels.TWO_PHASE_SET, CausalModels.OR_SET,
            CausalModels.RW_SET, CausalModels.EW_FLAG, CausalModels.DW_FLAG, PlainModels.LWW_REGISTER,
            CausalModels.MV_REGISTER, CausalModels.LWW_MAP,
            CausalModels.mapOf("or-map-of-sets", CausalModels.OR_SET),
            CausalModels.mapOf("or-map-of-flags", CausalModels.DW_FLAG),
            mapOfMaps(), CausalModels.OR_MULTI_MAP, CausalModels.G_COUNTER_MAP, CausalModels.PN_COUNTER_MAP,
            CausalModels.resettable("resettable-bounded-counter", PlainModels.BOUNDED_COUNTER),
            CausalModels.hiding("hiding-map", PlainModels.PN_COUNTER),
            CausalModels.hiding("hiding-map-of-maps",
                    CausalModels.hiding("hiding-map-of-registers", PlainModels.LWW_REGISTER)),
            CausalModels.hiding("hiding-map-of-rw-sets", CausalModels.RW_SET), PlainModels.CAUSAL_CONTEXT,
            BlockModel.BLOCK_DOCUMENT,
            PlainModels.VERSION_VECTOR);

    private LatticeModels() {}

    private static LatticeModel<?> mapOfMaps() {
        LatticeModel<ORMap<MVRegister>> inner = CausalModels.mapOf("or-map-of-registers", CausalModels.MV_REGISTER);
        return CausalModels.mapOf("or-map-of-maps", inner);
    }

    /** All of them. */
    public static List<LatticeModel<?>> all() {
        return ALL;
    }

    /** The model of a lattice, or null when there is none of that name. */
    public static @Nullable LatticeModel<?> find(String name) {
        for (LatticeModel<?> model : ALL) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        return null;
    }

    /** The names of all, with commas between. */
    public static String names() {
        StringBuilder names = new StringBuilder();
        for (LatticeModel<?> model : ALL) {
            names.append(names.isEmpty() ? "" : ", ").append(model.name());
        }
        return names.toString();
    }
}
