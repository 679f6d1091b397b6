package dev.thalweg.sync;

/**
 * What came of a push.
 *
 * @param changes how many steps the document changed by: rows and cells of tables, edits of a text, elements of a list
 * @param waiting how many runs wait there for their causes, of this push or others; they are not kept until these come
 */
public record PushReply(int changes, int waiting) {}
