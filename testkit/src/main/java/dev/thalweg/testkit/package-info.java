/** Models, random networks, replay files and players with which the structures are tried. */
@NullMarked
package dev.thalweg.testkit;

import org.jspecify.annotations.NullMarked;
