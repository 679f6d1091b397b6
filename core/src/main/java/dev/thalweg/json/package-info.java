/**
 * Immutable, order-preserving JSON values; reader, writer, canonical form and digest. The bedrock of the core: it knows
 * nothing of documents or clients.
 */
@NullMarked
package dev.thalweg.json;

import org.jspecify.annotations.NullMarked;
