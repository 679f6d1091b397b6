/** Keys whose values change only when every client that was there has seen the change. */
@NullMarked
package dev.thalweg.dds.pact;

import org.jspecify.annotations.NullMarked;
