/** Documents that need no service, for callers who can pass nothing but numbers and texts. */
@NullMarked
package dev.thalweg.localfirst;

import org.jspecify.annotations.NullMarked;
