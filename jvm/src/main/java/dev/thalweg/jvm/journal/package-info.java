/** Journals that outlive the process: in files here, and whatever else can be written behind {@link QueuedJournal}. */
@NullMarked
package dev.thalweg.jvm.journal;

import org.jspecify.annotations.NullMarked;
