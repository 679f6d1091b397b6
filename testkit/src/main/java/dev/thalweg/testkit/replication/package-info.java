/** What every journal has to do, and replicas that write to one. */
@NullMarked
package dev.thalweg.testkit.replication;

import org.jspecify.annotations.NullMarked;
