/** A shopping cart that three processes share, with a partition. */
@NullMarked
package dev.thalweg.samples.cart;

import org.jspecify.annotations.NullMarked;
