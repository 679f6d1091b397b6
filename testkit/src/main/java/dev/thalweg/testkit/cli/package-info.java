/** What needs files, a console or a clock: the command line of those who work here. Never part of a browser bundle. */
@NullMarked
package dev.thalweg.testkit.cli;

import org.jspecify.annotations.NullMarked;
