package dev.thalweg.testkit;

import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing script small: takes out steps, runs of them first, and lessens counts, for as long as it fails. */
public final class Shrinker {
    private Shrinker() {}

    /**
     * A smaller script that fails as well.
     *
     * @param script one that fails
     * @param fails  whether a script does
     */
    public static Script shrink(Script script, Predicate<Script> fails) {
        Script smallest = script;
        boolean better = true;
        while (better) {
            Script before = smallest;
            smallest = lessen(remove(smallest, fails), fails);
            better = !smallest.equals(before);
        }
        return smallest;
    }

    private static Script remove(Script script, Predicate<Script> fails) {
        return script.withSteps(remove(script.steps(), fewer -> fails.test(script.withSteps(fewer))));
    }

    /** A shorter list that fails as well, runs of items taken out first. @param fails whether a list does */
    public static <T> List<T> remove(List<T> items, Predicate<List<T>> fails) {
        List<T> smallest = items;
        for (int run = Math.max(1, items.size() / 2); run >= 1; run /= 2) {
            int from = 0;
            while (from < smallest.size()) {
                List<T> fewer = new ArrayList<>(smallest.subList(0, from));
                int next = Math.min(from + run, smallest.size());
                fewer.addAll(smallest.subList(next, smallest.size()));
                if (fails.test(fewer)) {
                    smallest = fewer;
                } else {
                    from = next;
                }
            }
        }
        return smallest;
    }

    private static Script lessen(Script script, Predicate<Script> fails) {
        Script smallest = script;
        for (int i = 0; i < smallest.steps().size(); i++) {
            for (Step lesser : lesser(smallest.steps().get(i))) {
                List<Step> steps = new ArrayList<>(smallest.steps());
                steps.set(i, lesser);
                Script candidate = smallest.withSteps(steps);
                if (fails.test(candidate)) {
                    smallest = candidate;
                    break;
                }
            }
        }
        return smallest;
    }

    /** What a step could be instead, the least first. */
    private static List<Step> lesser(Step step) {
        List<Step> lesser = new ArrayList<>();
        switch (step) {
            case Step.Sequence sequence -> {
                for (int count : below(sequence.count(), 1)) {
                    lesser.add(new Step.Sequence(count));
                }
            }
            case Step.Receive receive -> {
                for (int count : below(receive.count(), 1)) {
                    lesser.add(new Step.Receive(receive.client(), count));
                }
            }
            case Step.Disconnect disconnect -> {
                for (int keep : below(disconnect.keep(), 0)) {
                    lesser.add(new Step.Disconnect(disconnect.client(), keep));
                }
            }
            case Step.Duplicate duplicate -> {
                for (int back : below(duplicate.back(), 0)) {
                    lesser.add(new Step.Duplicate(duplicate.client(), back));
                }
            }
            case Step.Rollback rollback -> {
                for (int i = 0; i < rollback.calls().size() && rollback.calls().size() > 1; i++) {
                    List<JsonValue> calls = new ArrayList<>(rollback.calls());
                    calls.remove(i);
                    lesser.add(new Step.Rollback(rollback.client(), calls));
                }
            }
            case Step.Join join -> lesser.clear();
            case Step.Call call -> lesser.clear();
            case Step.Flush flush -> lesser.clear();
            case Step.Noop noop -> lesser.clear();
            case Step.NoopAll all -> lesser.clear();
            case Step.Reconnect reconnect -> lesser.clear();
            case Step.Load load -> lesser.clear();
        }
        return lesser;
    }

    private static List<Integer> below(int number, int least) {
        List<Integer> numbers = new ArrayList<>();
        for (int candidate = least; candidate < number; candidate++) {
            numbers.add(candidate);
        }
        return numbers;
    }
}
