package dev.thalweg.web.local.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrandsTest {
    @Test
    void strandsPartAndMeet() throws ProtocolException {
        TextDocument a = new TextDocument("a-1");
        TextDocument b = new TextDocument("b-1");
        a.insert(0, "abc");
        b.merge(a);
        a.insert(3, "de");
        b.insert(0, "x");
        a.merge(b);
        a.insert(0, "f");
        Strands all = Strands.of(a.graph(), 9, 100);
        assertThat(all.agents()).containsExactly("a-1", "b-1");
        assertThat(all.first()).isZero();
        assertThat(all.strands()).containsExactly(new Strands.Strand("a-1", 0, 0, 5, List.of()),
                new Strands.Strand("b-1", 0, 5, 6, List.of(2)), new Strands.Strand("a-1", 5, 6, 7, List.of(4, 5)));
        assertThat(all.of(4)).isZero();
        assertThat(all.of(5)).isOne();
        assertThat(all.of(7)).isEqualTo(-1);
    }

    @Test
    void isOnlyTheLatestPart() throws ProtocolException {
        TextDocument a = new TextDocument("a-1");
        TextDocument b = new TextDocument("b-1");
        for (int i = 0; i < 6; i++) {
            a.insert(0, "abc");
            b.merge(a);
            b.insert(0, "x");
            a.merge(b);
        }
        Strands latest = Strands.of(a.graph(), 3, 100);
        assertThat(latest.strands()).extracting(Strands.Strand::agent).containsExactly("b-1", "a-1", "b-1");
        assertThat(latest.first()).isEqualTo(a.graph().size() - 5);
        assertThat(latest.of(0)).isEqualTo(-1);
        Strands short1 = Strands.of(a.graph(), 99, 2);
        assertThat(short1.strands()).hasSize(2);
        assertThat(short1.strands().get(0)).as("begins in the middle").isEqualTo(
                new Strands.Strand("a-1", 17, 22, 23, List.of(21)));
        assertThat(Strands.of(new TextDocument("a").graph(), 3, 10).strands()).isEmpty();
    }
}
