package dev.thalweg.crdt;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/** True or false, at first false; of an enabling and a disabling at the same time the enabling wins. */
public final class EWFlag extends Causal<EWFlag> {
    /** Disabled. */
    public static final EWFlag DISABLED = new EWFlag(null, CausalContext.EMPTY);

    private EWFlag(@Nullable DotStore store, CausalContext context) {
        super(store, context);
    }

    /** Whether it is enabled: somebody enabled it, and nobody who had seen that disabled it. */
    public boolean enabled() {
        return store != null;
    }

    @Override
    public JsonValue value() {
        return JsonValue.of(enabled());
    }

    /** Enables it. @param replica must have seen all its own changes @return the delta */
    public EWFlag enable(String replica) {
        Dot dot = context.next(replica);
        return replace(store, dot, DotSet.of(dot));
    }

    /** Disables it, as far as this state has seen it enabled. @return the delta */
    public EWFlag disable() {
        return drop(store);
    }

    @Override
    EWFlag make(@Nullable DotStore content, CausalContext seen) {
        return new EWFlag(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        DotSet dots = DotSet.read(json, what);
        return dots.isEmpty() ? null : dots;
    }
}
