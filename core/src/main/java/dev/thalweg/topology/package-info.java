/** What it costs to share ephemeral stores over one network or another: simulations that run the same every time. */
@NullMarked
package dev.thalweg.topology;

import org.jspecify.annotations.NullMarked;
