package dev.thalweg.loopback;

import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all lanes of one service share. */
final class Post {
    final List<Lane> lanes = new ArrayList<>();
    /** The clock that moves deliveries, or null when they are moved by hand. */
    final @Nullable Timers automatic;
    int order;

    Post(@Nullable Timers automatic) {
        this.automatic = automatic;
    }
}
