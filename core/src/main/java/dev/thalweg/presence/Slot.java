package dev.thalweg.presence;

/** Where a value stands. @param key of a map, empty for a single value, which is a map of one */
record Slot(String workspace, String name, String key) {}
