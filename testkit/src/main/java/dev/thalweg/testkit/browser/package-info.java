/** A browser for tests and measurements. Whoever uses it brings Playwright along. */
@NullMarked
package dev.thalweg.testkit.browser;

import org.jspecify.annotations.NullMarked;
