/** What single parts cost: structures, sequencer, JSON. Each class is a JMH benchmark and can be run by its name. */
@NullMarked
package dev.thalweg.bench.micro;

import org.jspecify.annotations.NullMarked;
