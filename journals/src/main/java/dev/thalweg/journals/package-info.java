/** Journals in databases, to be used behind {@link dev.thalweg.jvm.journal.QueuedJournal}. */
@NullMarked
package dev.thalweg.journals;

import org.jspecify.annotations.NullMarked;
