/** The ports of {@code replication} bound to Apache Pekko: who belongs to a cluster, and messages between its nodes. */
@NullMarked
package dev.thalweg.cluster;

import org.jspecify.annotations.NullMarked;
