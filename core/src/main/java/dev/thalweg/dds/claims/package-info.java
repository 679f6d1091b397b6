/** Keys that the first one to ask gets: who holds what is decided by the order of the line and shown only when decided. */
@NullMarked
package dev.thalweg.dds.claims;

import org.jspecify.annotations.NullMarked;
