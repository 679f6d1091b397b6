package dev.thalweg.web.sheet;

/**
 * What two clients are about to do at the same moment.
 *
 * @param key  the row
 * @param base its value before, for the sheets whose rows are numbers
 */
public record Race(String key, int base) {}
