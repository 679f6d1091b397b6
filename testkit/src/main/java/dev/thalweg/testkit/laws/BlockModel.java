package dev.thalweg.testkit.laws;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.replication.log.BlockDocument;
import dev.thalweg.replication.log.BlockOperation;
import dev.thalweg.testkit.Calls;
import dev.thalweg.testkit.Rng;
import org.jspecify.annotations.Nullable;

/** The document of replica logs. */
final class BlockModel implements LatticeModel.Changes<BlockDocument> {
    static final LatticeModel<BlockDocument> BLOCK_DOCUMENT = new LatticeModel<>("block-document", BlockDocument.EMPTY,
            BlockDocument::read, "MMF", new BlockModel());

    private BlockModel() {}

    @Override
    public JsonValue generate(Rng rng, String replica) {
        String verb = switch (rng.weighted(40, 30, 15, 15)) {
            case 0 -> "insert";
            case 1 -> "update";
            case 2 -> "delete";
            default -> "move";
        };
        return Hostile.call(verb, replica, rng).put("a", Hostile.key(rng)).put("f", Hostile.key(rng))
                .put("v", rng.pick(Hostile.VALUES)).put("t", rng.below(3)).build();
    }

    @Override
    public BlockDocument delta(BlockDocument state, JsonValue call) {
        String id = Hostile.key(call);
        String other = Calls.string(call, "a");
        @Nullable
        String after = state.has(other) && !other.equals(id) ? other : null;
        JsonObject fields = JsonObject.of(Calls.string(call, "f"), Calls.argument(call, "v"));
        BlockOperation operation = switch (Calls.verb(call)) {
            case "update" -> new BlockOperation.Update(id, fields);
            case "delete" -> new BlockOperation.Delete(id);
            case "move" -> new BlockOperation.Move(id, after);
            default -> new BlockOperation.Insert(id, after, fields);
        };
        return state.has(id) == operation instanceof BlockOperation.Insert ? BlockDocument.EMPTY
                : state.apply(Hostile.replica(call), operation, Calls.integer(call, "t"));
    }

    @Override
    public void check(BlockDocument state, boolean honest) {
        state.check();
    }
}
