/** The ES module: the client, its structures, presence and undo as JavaScript and TypeScript see them. */
@NullMarked
package dev.thalweg.web.module;

import org.jspecify.annotations.NullMarked;
