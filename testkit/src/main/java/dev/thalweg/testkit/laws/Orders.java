package dev.thalweg.testkit.laws;

import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;

/** Things in other orders. */
final class Orders {
    private Orders() {}

    static <T> List<T> shuffled(List<T> things, Rng rng) {
        List<T> left = new ArrayList<>(things);
        List<T> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            int place = rng.below(left.size());
            shuffled.add(left.get(place));
            left.set(place, left.get(left.size() - 1));
            left.remove(left.size() - 1);
        }
        return shuffled;
    }

    /** Every order there is; few things only. */
    static <T> List<List<T>> all(List<T> things) {
        List<List<T>> orders = new ArrayList<>();
        extend(new ArrayList<>(), things, orders);
        return orders;
    }

    private static <T> void extend(List<T> begun, List<T> left, List<List<T>> orders) {
        if (left.isEmpty()) {
            orders.add(begun);
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            List<T> longer = new ArrayList<>(begun);
            longer.add(left.get(i));
            List<T> fewer = new ArrayList<>(left.subList(0, i));
            fewer.addAll(left.subList(i + 1, left.size()));
            extend(longer, fewer, orders);
        }
    }
}
