/** A map whose rows are struck only as far as the striker has seen them; each row keeps a ledger, or a register. */
@NullMarked
package dev.thalweg.dds.ormap;

import org.jspecify.annotations.NullMarked;
