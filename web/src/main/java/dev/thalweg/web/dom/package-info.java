/** Elements, made and changed with few words. */
@NullMarked
package dev.thalweg.web.dom;

import org.jspecify.annotations.NullMarked;
