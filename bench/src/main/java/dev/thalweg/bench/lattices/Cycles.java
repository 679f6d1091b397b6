package dev.thalweg.bench.lattices;

/** What a set of a thousand elements keeps after elements have come and gone, a million times say. */
final class Cycles {
    static final int ELEMENTS = 1_000;
    private static final int REPLICAS = 3;

    private Cycles() {}

    /** What is left. @param heap bytes that are free when it is */
    record Left(long heap, int bytes, String end) {}

    static <S, D> Left measure(Side<S, D> side, int cycles) {
        S[] held = held();
        long heap = retained(() -> held[0] = worn(side, cycles), () -> held[0] = side.empty());
        S state = worn(side, cycles);
        return new Left(heap, side.bytes(state).length, side.end(state));
    }

    private static <S, D> S worn(Side<S, D> side, int cycles) {
        S state = side.empty();
        for (int i = 0; i < ELEMENTS; i++) {
            state = side.put(state, i % REPLICAS, i).state();
        }
        for (int i = 0; i < cycles; i++) {
            int key = i % ELEMENTS;
            state = side.remove(state, i % REPLICAS, key).state();
            state = side.put(state, (i + 1) % REPLICAS, key).state();
        }
        return state;
    }

    @SuppressWarnings("unchecked") // made here, and of one place
    private static <S> S[] held() {
        return (S[]) new Object[1];
    }

    private static long retained(Runnable hold, Runnable release) {
        hold.run();
        long with = used();
        release.run();
        return with - used();
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
