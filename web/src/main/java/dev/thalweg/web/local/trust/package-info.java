/** The sheet on which one of four peers lies. */
@NullMarked
package dev.thalweg.web.local.trust;

import org.jspecify.annotations.NullMarked;
