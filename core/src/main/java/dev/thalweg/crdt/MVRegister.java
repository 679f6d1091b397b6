package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that shows its conflicts: all values that were written at the same time, until somebody writes over them. */
public final class MVRegister extends Causal<MVRegister> {
    /** Never written. */
    public static final MVRegister EMPTY = new MVRegister(null, CausalContext.EMPTY);

    private MVRegister(@Nullable DotStore store, CausalContext context) {
        super(store, context);
    }

    /** The values, by the replica that wrote them; none when it was never written, several when there is a conflict. */
    @SuppressWarnings("unchecked") // holds nothing else
    public List<JsonValue> values() {
        List<JsonValue> values = new ArrayList<>();
        if (store != null) {
            for (PersistentMap.Node<Dot, Greatest> node : ((DotFun<Greatest>) store).values) {
                values.add(node.value.value());
            }
        }
        return values;
    }

    @Override
    public JsonArray value() {
        return new JsonArray(values());
    }

    /** Writes over all values seen. @param replica must have seen all its own changes @return the delta */
    public MVRegister assign(String replica, JsonValue value) {
        Dot dot = context.next(replica);
        return replace(store, dot, DotFun.of(dot, new Greatest(value)));
    }

    /** Takes away all values seen. @return the delta */
    public MVRegister clear() {
        return drop(store);
    }

    @Override
    MVRegister make(@Nullable DotStore content, CausalContext seen) {
        return new MVRegister(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotFun.read(json, Greatest::read, what);
    }
}
