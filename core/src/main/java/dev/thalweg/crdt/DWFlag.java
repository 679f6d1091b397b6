package dev.thalweg.crdt;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/** True or false, at first true; of an enabling and a disabling at the same time the disabling wins. */
public final class DWFlag extends Causal<DWFlag> {
    /** Enabled. */
    public static final DWFlag ENABLED = new DWFlag(null, CausalContext.EMPTY);

    private DWFlag(@Nullable DotStore store, CausalContext context) {
        super(store, context);
    }

    /** Whether it is enabled: nobody disabled it, or somebody who had seen that enabled it. */
    public boolean enabled() {
        return store == null;
    }

    @Override
    public JsonValue value() {
        return JsonValue.of(enabled());
    }

    /** Disables it. @param replica must have seen all its own changes @return the delta */
    public DWFlag disable(String replica) {
        Dot dot = context.next(replica);
        return replace(store, dot, DotSet.of(dot));
    }

    /** Enables it, as far as this state has seen it disabled. @return the delta */
    public DWFlag enable() {
        return drop(store);
    }

    @Override
    DWFlag make(@Nullable DotStore content, CausalContext seen) {
        return new DWFlag(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        DotSet dots = DotSet.read(json, what);
        return dots.isEmpty() ? null : dots;
    }
}
