/** One class per sheet of the demo: its rows, its race, its rule and its drawing. */
@NullMarked
package dev.thalweg.web.sheet;

import org.jspecify.annotations.NullMarked;
