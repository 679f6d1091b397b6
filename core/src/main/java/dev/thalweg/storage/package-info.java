/**
 * Git-like objects in which a document is kept: blobs, trees, commits, refs, and the summary tree that a client writes and reads.
 */
@NullMarked
package dev.thalweg.storage;

import org.jspecify.annotations.NullMarked;
