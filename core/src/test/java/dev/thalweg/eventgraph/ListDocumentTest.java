package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListDocumentTest {
    private final ListDocument ann = new ListDocument("ann");
    private final ListDocument bob = new ListDocument("bob");

    @BeforeEach
    void fourElements() throws ProtocolException {
        ann.insert(0, List.of(text("a"), text("b"), text("c"), text("d")));
        bob.merge(ann.encode());
    }

    private static JsonValue text(String value) {
        return JsonValue.of(value);
    }

    private String exchange() throws ProtocolException {
        byte[] fromAnn = ann.encode();
        ann.merge(bob.encode());
        bob.merge(fromAnn);
        assertThat(ListDocument.load("cold", ann.encode()).toList()).isEqualTo(ann.toList()).isEqualTo(bob.toList());
        return ann.toList().toString();
    }

    @Test
    void anElementThatTwoMoveIsInOnePlace() throws ProtocolException {
        ann.move(0, 3);
        bob.move(0, 1);
        assertThat(exchange()).isEqualTo("[\"b\", \"a\", \"c\", \"d\"]");
        ann.move(1, 0);
        assertThat(bob.merge(ann.encodeSince(bob.versionVector())).changes())
                .containsExactly(new ListChange.Move(1, 0));
        assertThat(exchange()).isEqualTo("[\"a\", \"b\", \"c\", \"d\"]");
    }

    @Test
    void anElementThatOneMovesAndAnotherSetsIsMovedAndSet() throws ProtocolException {
        ann.move(3, 0);
        bob.set(3, text("D"));
        assertThat(exchange()).isEqualTo("[\"D\", \"a\", \"b\", \"c\"]");
        ann.set(0, text("e"));
        bob.set(0, text("f"));
        assertThat(exchange()).isEqualTo("[\"f\", \"a\", \"b\", \"c\"]");
    }

    @Test
    void anElementThatOneDeletesIsGoneUnlessAnotherMovesIt() throws ProtocolException {
        ann.set(0, text("A"));
        exchange();
        ann.delete(0, 2);
        bob.set(1, text("B"));
        bob.move(0, 3);
        assertThat(exchange()).isEqualTo("[\"c\", \"d\", \"A\"]");
        ann.delete(0, 3);
        assertThat(bob.merge(ann.encode()).changes()).containsExactly(new ListChange.Delete(0),
                new ListChange.Delete(0),
                new ListChange.Delete(0));
        assertThat(exchange()).isEqualTo("[]");
    }

    @Test
    void insertionsAtOnePlaceStayTogether() throws ProtocolException {
        ann.insert(4, List.of(text("1"), text("2")));
        bob.insert(4, text("3"));
        bob.insert(5, text("4"));
        assertThat(exchange()).isEqualTo("[\"a\", \"b\", \"c\", \"d\", \"1\", \"2\", \"3\", \"4\"]");
    }

    @Test
    void whatIsOutsideTheListIsRefused() {
        String before = ann.toList().toString();
        assertThatThrownBy(() -> ann.get(4)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("4");
        assertThatThrownBy(() -> ann.insert(5, text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.insert(-1, text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.delete(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.delete(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.move(0, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.move(4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ann.set(-1, text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(ann.toList()).hasToString(before);
        assertThat(ann.graph().size()).isEqualTo(4);
    }

    private static Batch batch(EventId first, List<EventId> parents, int position, ListSlot... inserted) {
        Items<ListSlot> slots = new Items<>(ListSlot.Form.FORM);
        Batch batch = new Batch(slots);
        batch.run(first, inserted.length, parents, new HashMap<>());
        batch.operation(OperationLog.INSERT, position, inserted.length);
        for (ListSlot slot : inserted) {
            slots.append(slot);
        }
        return batch;
    }

    @Test
    void elementsThatTheirAuthorCannotHaveSeenAreRefused() throws ProtocolException {
        EventId last = new EventId("ann", 3);
        EventId eve = new EventId("eve", 0);
        ListSlot.Element element = new ListSlot.Element(text("x"));
        String before = ann.toList().toString();
        for (Batch bad : List.of(batch(eve, List.of(), 0, new ListSlot.Place(last, text("x"))),
                batch(eve, List.of(last), 0, new ListSlot.Place(new EventId("zoe", 0), text("x"))),
                batch(eve, List.of(last), 0, element, new ListSlot.Value(new EventId("eve", 1), text("x"))),
                batch(eve, List.of(last), 0, new ListSlot.Place(eve, text("x"))),
                batch(eve, List.of(last), 9, element))) {
            assertThatThrownBy(() -> ann.merge(bad)).isInstanceOf(ProtocolException.class);
            assertThat(ann.toList()).hasToString(before);
            assertThat(ann.graph().size()).isEqualTo(4);
        }
        ann.merge(batch(eve, List.of(last), 4, element, new ListSlot.Value(eve, text("y"))));
        assertThat(ann.get(4)).isEqualTo(text("y"));
        ann.move(4, 0);
        assertThat(exchange()).startsWith("[\"y\", \"a\"");
    }

    @Test
    void damagedBytesAreRefusedWhole() throws ProtocolException {
        bob.move(0, 2);
        bob.set(0, text("z"));
        byte[] file = bob.encode();
        String before = ann.row().toString();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ann.merge(cut)).isInstanceOf(ProtocolException.class);
        }
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ann.merge(damaged)).as("bit %s", bit).isInstanceOf(ProtocolException.class);
        }
        byte[] tables = new TableDocument("t").encode();
        assertThatThrownBy(() -> ann.merge(tables)).isInstanceOf(ProtocolException.class);
        ListDocument other = new ListDocument("ann");
        other.insert(0, text("other"));
        assertThatThrownBy(() -> ann.merge(other.encode())).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("two histories");
        assertThat(ann.row()).hasToString(before);
        ann.merge(file);
        assertThat(ann.toList()).isEqualTo(bob.toList());
    }
}
