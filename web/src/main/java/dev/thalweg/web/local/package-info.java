/** The page of documents that need no service: one program, a package for each of its sheets. */
@NullMarked
package dev.thalweg.web.local;

import org.jspecify.annotations.NullMarked;
