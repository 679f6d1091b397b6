/** A program that joins a document of the demo and tidies it. */
@NullMarked
package dev.thalweg.samples.bot;

import org.jspecify.annotations.NullMarked;
