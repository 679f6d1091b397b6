package dev.thalweg.dds.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.cell.CellEvent.Deleted;
import dev.thalweg.dds.cell.CellEvent.ValueChanged;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedCellTest {
    private final RecordingHost host = new RecordingHost();
    private final SharedCell cell = SharedCell.TYPE.create("cell", "r");
    private final List<CellEvent> events = new ArrayList<>();

    SharedCellTest() {
        cell.bind(host);
        cell.subscribe(events::add);
    }

    @Test
    void sendsWhatFluidSends() {
        cell.set(JsonValue.of(4));
        cell.delete();
        assertThat(host.sent).containsExactly("{\"type\":\"setCell\",\"value\":{\"value\":4}}",
                "{\"type\":\"deleteCell\"}");
        assertThat(events).containsExactly(new ValueChanged(JsonValue.of(4), true), new Deleted(true));
    }

    @Test
    void othersChangesStayUnderPendingOnes() throws Exception {
        cell.set(JsonValue.of("mine"));
        assertThat(cell.pending()).isTrue();
        events.clear();
        host.remote(cell, "{\"type\":\"deleteCell\"}");
        host.remote(cell, "{\"type\":\"setCell\",\"value\":{\"value\":\"theirs\"}}");
        assertThat(events).isEmpty();
        assertThat(cell.get()).isEqualTo(JsonValue.of("mine"));
        assertThat(cell.summarize().text("header")).isEqualTo("{\"value\":\"theirs\"}");
        host.acknowledge(cell);
        assertThat(events).isEmpty();
        assertThat(cell.pending()).isFalse();
        host.remote(cell, "{\"type\":\"deleteCell\"}");
        assertThat(cell.empty()).isTrue();
        assertThat(events).containsExactly(new Deleted(false));
    }

    @Test
    void rollbackShowsWhatIsBelow() throws Exception {
        host.remote(cell, "{\"type\":\"setCell\",\"value\":{\"value\":1}}");
        cell.delete();
        cell.set(JsonValue.of(2));
        events.clear();
        host.rollback(cell);
        host.rollback(cell);
        assertThat(events).containsExactly(new Deleted(true), new ValueChanged(JsonValue.of(1), true));
        assertThat(cell.get()).isEqualTo(JsonValue.of(1));
    }

    @Test
    void anEmptyCellAndANullAreTwoThings() throws Exception {
        assertThat(cell.summarize().text("header")).isEqualTo("{}");
        assertThat(SharedCell.TYPE.load("cell", "r", cell.summarize()).empty()).isTrue();
        host.remote(cell, "{\"type\":\"setCell\",\"value\":{\"value\":null}}");
        assertThat(cell.empty()).isFalse();
        assertThat(cell.summarize().text("header")).isEqualTo("{\"value\":null}");
        assertThat(SharedCell.TYPE.load("cell", "r", cell.summarize()).get()).isEqualTo(JsonNull.NULL);
    }

    @Test
    void detachedEditsTakeEffectAtOnce() {
        SharedCell detached = SharedCell.TYPE.create("cell", "r");
        detached.bind(RecordingHost.detached());
        detached.set(JsonValue.of(1));
        assertThat(detached.summarize().text("header")).isEqualTo("{\"value\":1}");
        detached.delete();
        assertThat(detached.summarize().text("header")).isEqualTo("{}");
    }

    @Test
    void refusesWhatItCannotRead() {
        for (String bad : List.of("1", "{}", "{\"type\":\"setCell\"}", "{\"type\":\"setCell\",\"value\":1}",
                "{\"type\":\"grow\"}")) {
            assertThatThrownBy(() -> host.remote(cell, bad)).as(bad).isInstanceOf(ProtocolException.class);
        }
        assertThat(cell.empty()).isTrue();
        assertThatThrownBy(() -> SharedCell.TYPE.load("cell", "r", SummaryNode.Tree.EMPTY))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("header");
        assertThatThrownBy(() -> SharedCell.TYPE.load("cell", "r", new SummaryBuilder().text("header", "7").build()))
                .isInstanceOf(ProtocolException.class);
    }
}
