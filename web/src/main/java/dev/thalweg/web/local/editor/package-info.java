/** The sheet of a text that several people write: copies that exchange events, an editor for each, its history. */
@NullMarked
package dev.thalweg.web.local.editor;

import org.jspecify.annotations.NullMarked;
