package dev.thalweg.testkit.replication;

import dev.thalweg.testkit.Cases;
import org.junit.jupiter.api.Test;

class ReplicaWorldTest {
    @Test
    void allReplicasEndInOneDocument() {
        Cases.hold(ReplicaWorld::run);
    }
}
