package dev.thalweg.web.sheet;

/**
 * A button of a row.
 *
 * @param action  what it does
 * @param label   what it shows
 * @param spoken  what it is called where the label alone does not say enough
 * @param enabled whether it can be pressed now
 */
public record Move(Action action, String label, String spoken, boolean enabled) {}
