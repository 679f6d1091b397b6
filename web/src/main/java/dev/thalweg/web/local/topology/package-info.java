/** The sheet that shows what it costs to share ephemeral stores over one network or another. */
@NullMarked
package dev.thalweg.web.local.topology;

import org.jspecify.annotations.NullMarked;
