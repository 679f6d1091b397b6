package dev.thalweg.dds.ormap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.dds.OperationContext;
import dev.thalweg.json.JsonValue;
import org.junit.jupiter.api.Test;

class OrMapKernelTest {
    private final OrMapKernel kernel = new OrMapKernel(OrMapMode.REGISTER, "a", OrMapMode.REGISTER.empty());

    @Test
    void anOwnWriteThatIsRefusedNeverWas() {
        OrMapOperation ahead = kernel.write("x", JsonValue.of("ahead"), 100);
        kernel.local(ahead);
        OrMapOperation after = kernel.write("z", JsonValue.of("after"), 3);
        kernel.local(after);
        assertThat(kernel.sequenced(ahead, new OperationContext(5, 4, 0, "client"), true))
                .containsExactly(new OrMapEvent.Removed("x", true));
        kernel.check();
        assertThat(kernel.pending("x")).isFalse();
        assertThat(kernel.sequenced(after, new OperationContext(6, 4, 0, "client"), true)).isEmpty();
        kernel.check();
        assertThat(kernel.snapshot()).hasToString("{\"z\":\"after\"}");
    }
}
