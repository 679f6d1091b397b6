package dev.thalweg.dds;

/** Hears events. @param <E> which */
@FunctionalInterface
public interface Listener<E> {
    void on(E event);
}
