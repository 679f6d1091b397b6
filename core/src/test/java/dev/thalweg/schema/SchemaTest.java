package dev.thalweg.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.schema.Reading.Absent;
import dev.thalweg.schema.Reading.Decoded;
import dev.thalweg.schema.Reading.NotDecoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private enum Grade {
        LOW, HIGH
    }

    private record Author(String name, @Nullable String mail) {}

    private record Note(String text, List<Author> authors, int rank, Grade grade) {}

    private sealed interface Form {}

    private record Circle(double radius) implements Form {}

    private record Line(double length, boolean dashed) implements Form {}

    private record Page(String title, Map<String, Boolean> flags, JsonValue rest) {}

    private static final Codec<Author> AUTHOR = Codecs.object(Field.of("name", Codecs.STRING, Author::name),
            Field.optional("mail", Codecs.STRING, Author::mail), Author::new);
    private static final Codec<Grade> GRADE = Codecs.choice(List.of(Grade.values()),
            grade -> grade == Grade.LOW ? "low" : "high");
    private static final Codec<Note> NOTE = Codecs.object(Field.of("text", Codecs.STRING, Note::text),
            Field.of("authors", Codecs.list(AUTHOR), Note::authors),
            Field.of("rank", Codecs.integer(0, 9), Note::rank), Field.of("grade", GRADE, Note::grade), Note::new);
    private static final Codec<Form> FORM = Codecs.oneOf("type", List.of(
            Variant.of("circle", Codecs.object(Field.of("radius", Codecs.NUMBER, Circle::radius), Circle::new),
                    form -> form instanceof Circle circle ? circle : null),
            Variant.of("line", Codecs.object(Field.of("length", Codecs.NUMBER, Line::length),
                    Field.of("dashed", Codecs.BOOL, Line::dashed), Line::new),
                    form -> form instanceof Line line ? line : null)));
    private static final Codec<Page> PAGE = Codecs.object(Field.of("title", Codecs.STRING, Page::title),
            Field.of("flags", Codecs.dictionary(Codecs.BOOL), Page::flags),
            Field.of("rest", Codecs.JSON, Page::rest), Page::new);

    @Test
    void whatIsEncodedIsDecoded() throws ProtocolException {
        both(NOTE, new Note("t", List.of(new Author("Ada", null), new Author("Bo", "b@x")), 9, Grade.HIGH),
                "{\"text\":\"t\",\"authors\":[{\"name\":\"Ada\"},{\"name\":\"Bo\",\"mail\":\"b@x\"}],\"rank\":9,"
                        + "\"grade\":\"high\"}");
        both(FORM, new Circle(1.5), "{\"type\":\"circle\",\"radius\":1.5}");
        both(FORM, new Line(2, true), "{\"type\":\"line\",\"length\":2,\"dashed\":true}");
        both(PAGE, new Page("p", Map.of("a", true), JsonNull.NULL),
                "{\"title\":\"p\",\"flags\":{\"a\":true},\"rest\":null}");
        both(Codecs.STRING.mapped(Integer::valueOf, Object::toString), 12, "\"12\"");
    }

    @Test
    void whatIsNotOfTheShapeSaysWhereAndWhy() throws ProtocolException {
        refused(NOTE, "[]", "value must be an object, was array");
        refused(NOTE, "{}", "value.text is missing");
        refused(NOTE, "{\"text\":\"t\",\"authors\":[{\"name\":\"A\"},{\"name\":1}]}",
                "value.authors[1].name must be a string, was number");
        refused(NOTE, "{\"text\":\"t\",\"authors\":[],\"rank\":10}",
                "value.rank must be a whole number from 0 to 9, was 10");
        refused(NOTE, "{\"text\":\"t\",\"authors\":[],\"rank\":1,\"grade\":\"odd\"}",
                "value.grade is none of the choices: odd");
        refused(AUTHOR, "{\"name\":\"A\",\"mail\":7}", "value.mail must be a string, was number");
        refused(FORM, "{\"type\":\"box\"}", "value.type is none of the variants: box");
        refused(FORM, "{\"radius\":1}", "value.type is missing");
        refused(PAGE, "{\"title\":\"p\",\"flags\":{\"a\":0}}", "value.flags.a must be true or false, was number");
        refused(Codecs.STRING.mapped(Integer::valueOf, Object::toString), "\"x\"", "value: For input string: \"x\"");
        assertThat(AUTHOR.read(JsonValue.parse("{\"name\":\"A\",\"mail\":null,\"more\":[]}")))
                .isEqualTo(new Decoded<>(new Author("A", null)));
        assertThat(NOTE.read(null)).isEqualTo(new Absent<Note>());
    }

    @Test
    void aShapeOfAnyNumberOfFieldsStaysJson() throws ProtocolException {
        Codec<JsonObject> shape = Codecs.object(List.of(member("a"), member("b"), member("c"), member("d"), member("e"),
                Field.<JsonObject, JsonValue>optional("f", Codecs.JSON, object -> object.get("f"))));
        JsonValue whole = JsonValue.parse("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6}");
        both(shape, (JsonObject) whole, whole.toJson());
        assertThat(shape.read(JsonValue.parse("{\"e\":5,\"d\":4,\"x\":0,\"c\":3,\"b\":2,\"a\":1,\"f\":null}")))
                .isEqualTo(new Decoded<>(JsonValue.parse("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}")));
        refused(shape, "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}", "value.e is missing");
        refused(shape, "7", "value must be an object, was number");
    }

    private static Field<JsonObject, JsonValue> member(String name) {
        return Field.of(name, Codecs.JSON, object -> Objects.requireNonNull(object.get(name)));
    }

    @Test
    void whatHasNoFormIsRefused() {
        assertThatThrownBy(() -> Codecs.integer(0, 9).encode(10)).hasMessageContaining("was 10");
        assertThatThrownBy(() -> Codecs.NUMBER.encode(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Codecs.choice(List.of("a", "b"), word -> "same"))
                .hasMessageContaining("same");
        Codec<Form> circles = Codecs.oneOf("radius", List.of(
                Variant.of("circle", Codecs.object(Field.of("radius", Codecs.NUMBER, Circle::radius), Circle::new),
                        form -> form instanceof Circle circle ? circle : null)));
        assertThatThrownBy(() -> circles.encode(new Circle(1))).hasMessageContaining("of its own");
        assertThatThrownBy(() -> circles.encode(new Line(1, true))).hasMessageContaining("none of the variants");
    }

    /** A document's shape, declared once. */
    private static final class Board {
        static final DocumentShape SHAPE = new DocumentShape();
        static final DocumentShape.Part<TypedMap<Note>> NOTES = SHAPE.map("notes", NOTE);
        static final DocumentShape.Part<TypedMap<Form>> FORMS = SHAPE.directory("forms", FORM);
        static final DocumentShape.Part<TypedMap<Author>> AUTHORS = SHAPE.registers("authors", AUTHOR);
        static final DocumentShape.Part<TypedCell<Page>> PAGE_CELL = SHAPE.cell("page", PAGE);
        static final DocumentShape.Part<SharedCounter> VOTES = SHAPE.object("votes", SharedCounter.TYPE);
        static final Property<Integer> RANK = new Property<>("rank", Codecs.integer(0, 9));
    }

    @Test
    void aDocumentIsReadAndWrittenByItsShape() {
        LoopbackTimers timers = new LoopbackTimers();
        LoopbackIds ids = new LoopbackIds(1);
        Container container = Container.create(
                new ContainerServices(new LoopbackService(timers, ids, LoopbackOptions.DEFAULT).link(), timers, ids,
                        ChannelTypes.of()),
                Board.SHAPE.containerSchema());
        Note note = new Note("t", List.of(), 1, Grade.LOW);
        TypedMap<Note> notes = Board.NOTES.in(container);
        notes.set("n", note);
        container.object("notes", SharedMap.TYPE).set("odd", JsonValue.of(1));
        assertThat(notes.get("n")).isEqualTo(new Decoded<>(note));
        assertThat(notes.get("none")).isEqualTo(new Absent<Note>());
        assertThat(notes.get("odd")).isEqualTo(
                new NotDecoded<Note>(JsonValue.of(1), "value must be an object, was number"));
        assertThat(notes.get("odd").orElse(note)).isEqualTo(note);
        List<Reading<Note>> all = new ArrayList<>();
        notes.forEach((key, reading) -> all.add(reading));
        assertThat(all).hasSize(2);
        assertThat(notes.delete("odd")).isTrue();
        assertThat(notes.keys()).containsExactly("n");

        Board.FORMS.in(container).set("f", new Circle(2));
        assertThat(container.object("forms", SharedDirectory.TYPE).get("f")).isEqualTo(FORM.encode(new Circle(2)));
        Board.AUTHORS.in(container).set("a", new Author("Ada", null));
        assertThat(Board.AUTHORS.in(container).get("a")).isEqualTo(new Decoded<>(new Author("Ada", null)));
        assertThat(Board.AUTHORS.in(container).delete("a")).isTrue();
        assertThat(Board.AUTHORS.in(container).keys()).isEmpty();
        Page page = new Page("p", Map.of(), JsonNull.NULL);
        Board.PAGE_CELL.in(container).set(page);
        assertThat(Board.PAGE_CELL.in(container).get()).isEqualTo(new Decoded<>(page));
        Board.PAGE_CELL.in(container).delete();
        assertThat(container.object("page", SharedCell.TYPE).empty()).isTrue();
        Board.VOTES.in(container).increment(1);
        SharedMap map = container.object("notes", SharedMap.TYPE);
        Board.RANK.set(map, 3);
        assertThat(Board.RANK.get(map)).isEqualTo(new Decoded<>(3));
        assertThatThrownBy(() -> Board.RANK.set(container.object("forms", SharedDirectory.TYPE), 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(container.initialObjects()).containsOnlyKeys("notes", "forms", "authors", "page", "votes");
        assertThat(container.create(SharedOrMap.REGISTER).mode().name()).isEqualTo("REGISTER");
        assertThatThrownBy(() -> TypedMap.over(container.create(SharedOrMap.TALLY), AUTHOR))
                .hasMessageContaining("tallies");
        assertThatThrownBy(() -> new DocumentShape().map("x", NOTE).in(container))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> void both(Codec<T> codec, T value, String json) throws ProtocolException {
        assertThat(codec.encode(value).toJson()).isEqualTo(json);
        assertThat(codec.read(JsonValue.parse(json))).isEqualTo(new Decoded<>(value));
    }

    private static <T> void refused(Codec<T> codec, String json, String reason) throws ProtocolException {
        assertThat(codec.read(JsonValue.parse(json)))
                .isEqualTo(new NotDecoded<T>(JsonValue.parse(json), reason));
    }
}
