package dev.thalweg.testkit;

import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Makes the calls of one client of a script. */
@FunctionalInterface
public interface Caller {
    /**
     * Makes a call, as {@link StructureModel#perform} does.
     *
     * @param id numbers the calls of a script, 0 for one that will be taken back
     * @return what the call returned, or null when that is not worth comparing
     */
    @Nullable
    JsonValue call(int id, JsonValue call);
}
