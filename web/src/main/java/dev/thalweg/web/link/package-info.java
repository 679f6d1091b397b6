/** What a demo client's link does to the frames that travel on it: latency, jitter, a cut. */
@NullMarked
package dev.thalweg.web.link;

import org.jspecify.annotations.NullMarked;
