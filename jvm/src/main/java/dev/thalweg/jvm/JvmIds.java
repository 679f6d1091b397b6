package dev.thalweg.jvm;

import dev.thalweg.platform.Ids;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids from the platform's secure source of chance. */
final class JvmIds implements Ids {
    @Override
    public String uuid() {
        return UUID.randomUUID().toString();
    }

    @Override
    public double fraction() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
