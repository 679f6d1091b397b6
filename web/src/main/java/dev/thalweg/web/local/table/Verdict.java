package dev.thalweg.web.local.table;

/**
 * How two things that were done at once were settled.
 *
 * @param text for the reader
 */
record Verdict(Rule rule, String row, String text) {}
