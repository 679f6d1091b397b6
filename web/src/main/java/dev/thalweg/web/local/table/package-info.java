/** The sheet of a table: two copies of it in a tab, which are edited offline and merge, with the copies of other tabs too. */
@NullMarked
package dev.thalweg.web.local.table;

import org.jspecify.annotations.NullMarked;
