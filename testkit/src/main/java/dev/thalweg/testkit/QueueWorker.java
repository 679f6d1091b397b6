package dev.thalweg.testkit;

import dev.thalweg.dds.queue.AcquireOutcome;
import dev.thalweg.dds.queue.Acquisition;
import dev.thalweg.dds.queue.AddOutcome;
import dev.thalweg.dds.queue.CompleteOutcome;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one client on a queue and keeps what it has in hand. As the reference does it, a call to acquire is
 * answered when the item is completed or released.
 */
final class QueueWorker implements Caller {
    private final ConsensusQueue queue;
    private final Answers answers;
    private final Map<Integer, Item> items = new TreeMap<>();
    private int numbers;

    /** @param call the number of the call that acquired it, 0 when nobody waits for an answer */
    private record Item(int number, int call, Acquisition acquisition) {}

    QueueWorker(ConsensusQueue queue, Answers answers) {
        this.queue = queue;
        this.answers = answers;
    }

    @Override
    public @Nullable JsonValue call(int id, JsonValue call) {
        switch (Calls.verb(call)) {
            case "add" -> queue.add(Calls.argument(call, "v"), new Once<>(call, outcome -> added(id, outcome)));
            case "acquire" -> {
                int number = ++numbers;
                queue.acquire(new Once<>(call, got -> acquired(id, number, got)));
                return JsonValue.of(number);
            }
            case "waitAndAcquire" -> {
                int number = ++numbers;
                queue.waitAndAcquire(new Once<>(call, got -> acquired(id, number, got)));
                return JsonValue.of(number);
            }
            case "complete" -> complete(call);
            case "release" -> release(call);
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    private void added(int id, AddOutcome outcome) {
        if (id > 0 && outcome instanceof AddOutcome.Added) {
            answers.resolve(id, JsonValue.of("added"), 0);
        }
    }

    private void acquired(int id, int number, AcquireOutcome outcome) {
        switch (outcome) {
            case AcquireOutcome.Acquired acquired -> {
                items.put(number, new Item(number, id, acquired.acquisition()));
                answers.tell(JsonArray.of(JsonValue.of("acquired"), JsonValue.of(number),
                        acquired.acquisition().value()), 0);
            }
            case AcquireOutcome.Empty empty -> answer(id, number, false);
            case AcquireOutcome.Aborted aborted -> {}
            case AcquireOutcome.Unknown unknown -> {}
        }
    }

    private void complete(JsonValue call) {
        Item item = item(Calls.integer(call, "of"));
        if (item != null) {
            item.acquisition.complete(new Once<>(call, outcome -> completed(item, outcome)));
        }
    }

    private void completed(Item item, CompleteOutcome outcome) {
        switch (outcome) {
            case CompleteOutcome.Completed completed -> answer(item.call, item.number, true);
            case CompleteOutcome.Returned returned -> answer(item.call, item.number, true);
            case CompleteOutcome.Aborted aborted -> {}
            case CompleteOutcome.Unknown unknown -> {}
        }
    }

    private void release(JsonValue call) {
        Item item = item(Calls.integer(call, "of"));
        if (item != null) {
            item.acquisition.release();
            answer(item.call, item.number, true);
        }
    }

    /** What is in hand under a number, or the first of all for 0. */
    private @Nullable Item item(int number) {
        for (Item item : items.values()) {
            if (!item.acquisition.over() && (number == 0 || item.number == number)) {
                return item;
            }
        }
        return null;
    }

    private void answer(int id, int number, boolean worked) {
        if (id > 0) {
            answers.resolve(id, JsonObject.builder().put("acquire", number).put("ok", worked).build(), 1);
        }
    }
}
