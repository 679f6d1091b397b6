/** Programs that are compiled for the browser only to be measured. */
@NullMarked
package dev.thalweg.web.bench;

import org.jspecify.annotations.NullMarked;
