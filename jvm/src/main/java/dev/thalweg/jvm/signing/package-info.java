/** SHA-256 and Ed25519 by {@code java.security}, for {@link dev.thalweg.byzantine}. */
@NullMarked
package dev.thalweg.jvm.signing;

import org.jspecify.annotations.NullMarked;
