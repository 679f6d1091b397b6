/**
 * Replica logs: every replica of a document writes what it does into a durable stream of its own, and whoever reads the
 * streams of all of them has the document.
 */
@NullMarked
package dev.thalweg.replication.log;

import org.jspecify.annotations.NullMarked;
