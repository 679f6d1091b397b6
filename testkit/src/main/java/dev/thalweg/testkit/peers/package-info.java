/** Programs of others that ours are measured against and tried with. Needs npm and Node.js. */
@NullMarked
package dev.thalweg.testkit.peers;

import org.jspecify.annotations.NullMarked;
