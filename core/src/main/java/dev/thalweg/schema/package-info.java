/** The shape of a document, declared once: typed reads and writes over structures that hold any JSON. */
@NullMarked
package dev.thalweg.schema;

import org.jspecify.annotations.NullMarked;
