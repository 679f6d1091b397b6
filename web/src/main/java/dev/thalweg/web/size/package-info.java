/**
 * Programs that are compiled for the browser to be weighed, and for nothing else: what an application carries that uses
 * the toolkit without our page. Each exports the verbs it uses, so that the compiler keeps what a real one would need.
 */
@NullMarked
package dev.thalweg.web.size;

import org.jspecify.annotations.NullMarked;
