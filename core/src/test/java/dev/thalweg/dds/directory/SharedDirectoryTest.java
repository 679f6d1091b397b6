package dev.thalweg.dds.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.directory.DirectoryEvent.Cleared;
import dev.thalweg.dds.directory.DirectoryEvent.Disposed;
import dev.thalweg.dds.directory.DirectoryEvent.SubDirectoryCreated;
import dev.thalweg.dds.directory.DirectoryEvent.SubDirectoryDeleted;
import dev.thalweg.dds.directory.DirectoryEvent.Undisposed;
import dev.thalweg.dds.directory.DirectoryEvent.ValueChanged;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedDirectoryTest {
    private static final JsonValue ONE = JsonValue.of(1);
    private static final JsonValue TWO = JsonValue.of(2);

    private final RecordingHost host = new RecordingHost();
    private final SharedDirectory tree = SharedDirectory.TYPE.create("tree", "r");
    private final List<DirectoryEvent> events = new ArrayList<>();
    private int sequenceNumber;

    SharedDirectoryTest() {
        tree.bind(host);
        tree.subscribe(events::add);
    }

    @Test
    void sendsWhatFluidSends() {
        Directory below = tree.createSubDirectory("a").createSubDirectory("b");
        below.set("k", ONE);
        below.delete("k");
        below.clear();
        assertThat(tree.deleteSubDirectory("a")).isTrue();
        assertThat(host.sent).containsExactly("{\"subdirName\":\"a\",\"path\":\"/\",\"type\":\"createSubDirectory\"}",
                "{\"subdirName\":\"b\",\"path\":\"/a\",\"type\":\"createSubDirectory\"}",
                "{\"key\":\"k\",\"path\":\"/a/b\",\"type\":\"set\",\"value\":{\"type\":\"Plain\",\"value\":1}}",
                "{\"key\":\"k\",\"type\":\"delete\",\"path\":\"/a/b\"}", "{\"type\":\"clear\",\"path\":\"/a/b\"}",
                "{\"subdirName\":\"a\",\"type\":\"deleteSubDirectory\",\"path\":\"/\"}");
    }

    @Test
    void whatChangesNothingIsNotSent() {
        Directory a = tree.createSubDirectory("a");
        assertThat(tree.createSubDirectory("a")).isSameAs(a);
        assertThat(tree.deleteSubDirectory("b")).isFalse();
        assertThat(host.sent).hasSize(1);
        assertThat(events).containsExactly(new SubDirectoryCreated(a, true));
    }

    @Test
    void findsDirectoriesByPath() {
        Directory b = tree.createSubDirectory("a").createSubDirectory("b");
        assertThat(tree.getWorkingDirectory("/a/b")).isSameAs(b);
        assertThat(tree.getWorkingDirectory("a//./b/")).isSameAs(b);
        assertThat(b.getWorkingDirectory("../../a/b")).isSameAs(b);
        assertThat(b.getWorkingDirectory("/")).isSameAs(tree);
        assertThat(tree.getWorkingDirectory("/a")).isSameAs(tree.getSubDirectory("a"));
        assertThat(b.getWorkingDirectory("/.")).isSameAs(tree);
        assertThat(b.getWorkingDirectory("/..")).isSameAs(tree);
        Directory hidden = tree.createSubDirectory(".h");
        assertThat(b.getWorkingDirectory("/.h")).isSameAs(hidden);
        assertThat(b.getWorkingDirectory("../c")).isNull();
        assertThat(b.path()).isEqualTo("/a/b");
        assertThat(tree.path()).isEqualTo("/");
    }

    @Test
    void namesThatNoPathCanSayAreRefused() {
        for (String bad : List.of("", ".", "..", "a/b", "/")) {
            assertThatThrownBy(() -> tree.createSubDirectory(bad)).as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(host.sent).isEmpty();
    }

    @Test
    void directoriesHearOfThemselvesAndOfWhatComesBelow() {
        Directory a = tree.createSubDirectory("a");
        List<DirectoryEvent> heard = new ArrayList<>();
        a.subscribe(heard::add);
        tree.set("k", ONE);
        a.set("k", ONE);
        Directory b = a.createSubDirectory("b");
        b.set("k", ONE);
        a.clear();
        tree.deleteSubDirectory("a");
        assertThat(heard).containsExactly(new ValueChanged(a, "k", null, true), new SubDirectoryCreated(b, true),
                new Cleared(a, true), new Disposed(a, true));
        assertThat(events).endsWith(new SubDirectoryDeleted(a, true), new Disposed(b, true), new Disposed(a, true));
    }

    @Test
    void aDirectoryThatIsGoneTakesNoEdits() {
        Directory a = tree.createSubDirectory("a");
        tree.deleteSubDirectory("a");
        assertThat(a.disposed()).isTrue();
        assertThatThrownBy(() -> a.set("k", ONE)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/a");
        assertThatThrownBy(() -> a.createSubDirectory("b")).isInstanceOf(IllegalStateException.class);
        assertThat(tree.createSubDirectory("a")).isNotSameAs(a);
        assertThat(a.disposed()).isTrue();
    }

    @Test
    void anOperationOnADirectoryThatWasMadeAgainDoesNothing() throws Exception {
        remote("c1", 0, create("/", "a")); // 1
        remote("c2", 1, delete("/", "a")); // 2
        remote("c2", 2, create("/", "a")); // 3
        events.clear();
        remote("c1", 1, set("/a", "k", 1)); // made in the first /a
        remote("c3", 2, create("/a", "b"));
        remote("c3", 2, "{\"type\":\"clear\",\"path\":\"/a\"}");
        remote("c3", 2, set("/b", "k", 1));
        assertThat(events).isEmpty();
        remote("c2", 2, set("/a", "k", 2)); // its creator need not have seen it sequenced
        remote("c1", 3, set("/a", "l", 3));
        assertThat(tree.snapshot().toJson())
                .isEqualTo("{\"storage\":{},\"subdirectories\":{\"a\":{\"storage\":{\"k\":2,\"l\":3},"
                        + "\"subdirectories\":{}}}}");
        tree.check();
    }

    @Test
    void creationsOfOneNameMakeOneDirectory() throws Exception {
        Directory mine = tree.createSubDirectory("a");
        mine.set("mine", ONE);
        events.clear();
        remote("other", 0, create("/", "a"));
        remote("other", 0, set("/a", "theirs", 2));
        assertThat(tree.getSubDirectory("a")).isSameAs(mine);
        assertThat(mine.keys()).containsExactly("theirs", "mine");
        assertThat(events).containsExactly(new ValueChanged(mine, "theirs", null, false));
        acknowledge("me");
        acknowledge("me");
        assertThat(mine.pending("mine")).isFalse();
        assertThat(header()).isEqualTo("{\"ci\":{\"csn\":0,\"ccIds\":[]},\"subdirectories\":{\"a\":{\"ci\":{\"csn\":1,"
                + "\"ccIds\":[\"other\",\"me\"]},\"storage\":{\"theirs\":{\"type\":\"Plain\",\"value\":2},"
                + "\"mine\":{\"type\":\"Plain\",\"value\":1}}}}}");
        tree.check();
    }

    @Test
    void whatIsPendingInADeletedDirectoryIsForgotten() throws Exception {
        remote("other", 0, create("/", "a"));
        Directory a = tree.createSubDirectory("a");
        a.set("k", ONE);
        a.createSubDirectory("b").set("k", TWO);
        events.clear();
        remote("other", 1, delete("/", "a"));
        assertThat(events.get(0)).isEqualTo(new SubDirectoryDeleted(a, false));
        assertThat(tree.hasSubDirectory("a")).isFalse();
        acknowledge("me", 1);
        assertThat(a.size()).isZero();
        remote("other", 2, create("/", "a"));
        events.clear();
        acknowledge("me", 1);
        acknowledge("me", 1);
        assertThat(events).isEmpty();
        assertThat(tree.getSubDirectory("a").size()).isZero();
        assertThat(tree.getSubDirectory("a")).isNotSameAs(a);
        tree.check();
    }

    @Test
    void operationsOfADeletedDirectoryAreNotSentAgain() throws Exception {
        remote("other", 0, create("/", "a"));
        tree.set("k", ONE);
        Directory a = tree.createSubDirectory("a");
        a.set("k", ONE);
        a.createSubDirectory("b").set("k", TWO);
        a.deleteSubDirectory("b");
        remote("other", 1, delete("/", "a"));
        host.sent.clear();
        List<ChannelOperation> pending = List.copyOf(host.pending);
        host.pending.clear();
        pending.forEach(tree::resubmit);
        assertThat(host.sent).containsExactly(
                "{\"key\":\"k\",\"path\":\"/\",\"type\":\"set\",\"value\":{\"type\":\"Plain\",\"value\":1}}");
        acknowledge("me");
        tree.check();
    }

    @Test
    void aDirectoryDeletedBeforeItsCreationIsSequencedComesBack() throws Exception {
        Directory a = tree.createSubDirectory("a");
        a.set("k", ONE);
        remote("other", 0, create("/", "a"));
        remote("other", 1, set("/a", "l", 2));
        events.clear();
        remote("other", 2, delete("/", "a"));
        assertThat(tree.hasSubDirectory("a")).isFalse();
        assertThat(events).containsExactly(new SubDirectoryDeleted(a, false), new Disposed(a, false));
        events.clear();
        acknowledge("me");
        assertThat(events).containsExactly(new Undisposed(a, true));
        assertThat(tree.getSubDirectory("a")).isSameAs(a);
        assertThat(a.keys()).containsExactly("k");
        acknowledge("me");
        tree.check();

        Directory b = tree.createSubDirectory("b");
        remote("other", 5, create("/", "b"));
        remote("other", 6, delete("/", "b"));
        assertThat(tree.hasSubDirectory("b")).isFalse();
        assertThat(tree.createSubDirectory("b")).isSameAs(b);
        assertThat(tree.hasSubDirectory("b")).isTrue();
        assertThat(host.pending).hasSize(1);
        remote("other", 8, create("/", "b"));
        remote("other", 9, delete("/", "b"));
        List<ChannelOperation> pending = List.copyOf(host.pending);
        host.pending.clear();
        pending.forEach(tree::resubmit);
        events.clear();
        tree.connectionChanged(true, "me2");
        assertThat(events).containsExactly(new Undisposed(b, true));
        assertThat(tree.hasSubDirectory("b")).isTrue();
        acknowledge("me2");
        tree.check();
    }

    @Test
    void subdirectoriesComeInTheOrderInWhichTheyWereSequenced() throws Exception {
        tree.createSubDirectory("mine");
        remote("other", 0, create("/", "b"));
        remote("other", 0, create("/", "a"));
        assertThat(names()).containsExactly("b", "a", "mine");
        acknowledge("me");
        remote("other", 3, delete("/", "b"));
        remote("other", 3, create("/", "b"));
        assertThat(names()).containsExactly("a", "mine", "b");
        tree.deleteSubDirectory("a");
        tree.createSubDirectory("c");
        tree.createSubDirectory("a");
        assertThat(names()).containsExactly("mine", "b", "c", "a");
        assertThat(tree.countSubDirectory()).isEqualTo(4);
    }

    @Test
    void rollbackRestoresWhatWasSeen() throws Exception {
        remote("other", 0, create("/", "a"));
        remote("other", 1, set("/a", "k", 1));
        Directory a = tree.createSubDirectory("a");
        String before = tree.snapshot().toJson();
        tree.deleteSubDirectory("a");
        Directory again = tree.createSubDirectory("a");
        again.set("k", TWO);
        events.clear();
        host.rollback(tree);
        host.rollback(tree);
        host.rollback(tree);
        assertThat(events).containsExactly(new ValueChanged(again, "k", TWO, true),
                new SubDirectoryDeleted(again, true), new Disposed(again, true), new Undisposed(a, true),
                new SubDirectoryCreated(a, true));
        assertThat(tree.snapshot().toJson()).isEqualTo(before);
        tree.check();
    }

    @Test
    void detachedEditsTakeEffectAtOnce() throws Exception {
        SharedDirectory detached = SharedDirectory.TYPE.create("tree", "r");
        detached.bind(RecordingHost.detached());
        Directory a = detached.createSubDirectory("a");
        a.set("k", ONE);
        detached.createSubDirectory("b");
        assertThat(detached.deleteSubDirectory("b")).isTrue();
        assertThat(detached.delete("none")).isFalse();
        detached.clear();
        assertThat(detached.summarize().text("header")).isEqualTo("{\"blobs\":[],\"content\":{\"ci\":{\"csn\":0,"
                + "\"ccIds\":[]},\"subdirectories\":{\"a\":{\"ci\":{\"csn\":0,\"ccIds\":[\"detached\"]},\"storage\":"
                + "{\"k\":{\"type\":\"Plain\",\"value\":1}}}}}}");
        detached.check();
        SharedDirectory loaded = SharedDirectory.TYPE.load("tree", "r", detached.summarize());
        assertThat(loaded.summarize()).isEqualTo(detached.summarize());
    }

    @Test
    void largeValuesStandInBlobsOfTheirOwn() throws Exception {
        SharedDirectory large = SharedDirectory.TYPE.create("tree", "r");
        large.bind(RecordingHost.detached());
        String text = "x".repeat(8190);
        Directory a = large.createSubDirectory("a");
        a.createSubDirectory("below").set("k", JsonValue.of(text));
        large.createSubDirectory("b").set("k", JsonValue.of(text));
        a.set("small", JsonValue.of(text.substring(1)));
        SummaryNode.Tree summary = large.summarize();
        assertThat(summary.text("blob0")).startsWith("{\"subdirectories\":{\"b\":{\"storage\":{\"k\":");
        assertThat(summary.text("blob1"))
                .startsWith("{\"subdirectories\":{\"a\":{\"subdirectories\":{\"below\":{\"storage\":{\"k\":");
        assertThat(summary.entries()).containsOnlyKeys("blob0", "blob1", "header");
        SharedDirectory loaded = SharedDirectory.TYPE.load("tree", "r", summary);
        assertThat(loaded.snapshot()).isEqualTo(large.snapshot());
        assertThat(loaded.summarize()).isEqualTo(summary);
    }

    @Test
    void readsTheSummaryFormatsOfOlderVersions() throws Exception {
        SharedDirectory loaded = load("{\"storage\":{\"k\":{\"type\":\"Plain\",\"value\":1}},\"subdirectories\":"
                + "{\"9\":{\"ci\":{\"csn\":7,\"ccIds\":[]}},\"b\":{},\"a\":{\"ci\":{\"csn\":-1,\"ccIds\":[\"x\"]}}}}");
        List<String> names = new ArrayList<>();
        loaded.forEachSubDirectory((name, child) -> names.add(name));
        assertThat(names).containsExactly("b", "a", "9");
        assertThat(loaded.get("k")).isEqualTo(ONE);
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        for (String bad : List.of("1", "{}", "{\"type\":\"clear\"}", "{\"type\":\"set\",\"path\":\"/\",\"key\":\"k\"}",
                "{\"type\":\"grow\",\"path\":\"/\"}", "{\"type\":\"createSubDirectory\",\"path\":\"/\"}",
                "{\"type\":\"delete\",\"key\":\"k\",\"path\":7}",
                "{\"type\":\"clear\",\"path\":\"" + "/a".repeat(250) + "\"}",
                "{\"type\":\"clear\",\"path\":\"" + "a/".repeat(249) + "a\"}")) {
            assertThatThrownBy(() -> remote("other", 0, bad)).as(bad).isInstanceOf(ProtocolException.class);
        }
        for (String bad : List.of("7", "{\"blobs\":[\"blob0\"],\"content\":{}}", "{\"blobs\":[]}",
                "{\"blobs\":[],\"content\":{\"storage\":{\"k\":1}}}",
                "{\"blobs\":[],\"content\":{\"subdirectories\":{\"a\":{\"ci\":{\"csn\":\"1\"}}}}}")) {
            assertThatThrownBy(() -> load(bad)).as(bad).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> SharedDirectory.TYPE.load("tree", "r", SummaryNode.Tree.EMPTY))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("header");
    }

    @Test
    void theDeepestTreeCanBeSummarizedAndLoaded() throws Exception {
        Directory deepest = tree;
        for (int i = 1; i < 250; i++) {
            deepest = deepest.createSubDirectory("d");
            acknowledge("me");
        }
        deepest.set("k", ONE);
        acknowledge("me");
        Directory last = deepest;
        assertThatThrownBy(() -> last.createSubDirectory("d")).isInstanceOf(IllegalArgumentException.class);
        SharedDirectory loaded = SharedDirectory.TYPE.load("tree", "r", tree.summarize());
        assertThat(loaded.getWorkingDirectory(deepest.path()).get("k")).isEqualTo(ONE);
        assertThat(loaded.snapshot()).isEqualTo(tree.snapshot());
    }

    @Test
    void listenersMayEditWhatTheyHearOf() {
        SharedDirectory other = SharedDirectory.TYPE.create("tree", "r");
        other.bind(new RecordingHost());
        other.subscribe(event -> {
            if (event instanceof SubDirectoryCreated created && created.directory().path().equals("/a")) {
                other.deleteSubDirectory("a");
            }
        });
        Directory made = other.createSubDirectory("a");
        assertThat(made.disposed()).isTrue();
        other.check();
    }

    @Test
    void thousandsOfUnacknowledgedChangesAreTakenInStride() throws Exception {
        int many = 20_000;
        for (int i = 0; i < many; i++) {
            tree.createSubDirectory("d" + i).set("k", JsonValue.of(i));
            tree.createSubDirectory("same");
            tree.deleteSubDirectory("same");
        }
        assertThat(tree.countSubDirectory()).isEqualTo(many);
        remote("other", 0, create("/", "same"));
        for (int i = 0; i < many; i++) {
            host.rollback(tree);
            host.rollback(tree);
            acknowledge("me");
            acknowledge("me");
            if (host.pending.size() < 4) {
                break;
            }
        }
        while (!host.pending.isEmpty()) {
            acknowledge("me");
        }
        tree.check();
    }

    private SharedDirectory load(String header) throws Exception {
        return SharedDirectory.TYPE.load("tree", "r", new SummaryBuilder().text("header", header).build());
    }

    private String header() {
        String header = tree.summarize().text("header");
        String start = "{\"blobs\":[],\"content\":";
        assertThat(header).startsWith(start);
        return header.substring(start.length(), header.length() - 1);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        tree.forEachSubDirectory((name, child) -> names.add(name));
        return names;
    }

    private static String set(String path, String key, int value) {
        return "{\"key\":\"" + key + "\",\"path\":\"" + path + "\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                + "\"value\":" + value + "}}";
    }

    private static String create(String path, String name) {
        return "{\"subdirName\":\"" + name + "\",\"path\":\"" + path + "\",\"type\":\"createSubDirectory\"}";
    }

    private static String delete(String path, String name) {
        return "{\"subdirName\":\"" + name + "\",\"path\":\"" + path + "\",\"type\":\"deleteSubDirectory\"}";
    }

    private void remote(String client, int reference, String contents) throws Exception {
        process(client, reference, JsonValue.parse(contents), null);
    }

    /** The oldest pending operation is sequenced, sent when everything before it was read. */
    private void acknowledge(String client) throws Exception {
        acknowledge(client, sequenceNumber);
    }

    private void acknowledge(String client, int reference) throws Exception {
        ChannelOperation operation = host.pending.removeFirst();
        process(client, reference, operation.toJson(), operation);
    }

    private void process(String client, int reference, JsonValue contents, @Nullable ChannelOperation own)
            throws Exception {
        sequenceNumber++;
        tree.process(contents, new OperationContext(sequenceNumber, reference, 0, client), own);
    }
}
