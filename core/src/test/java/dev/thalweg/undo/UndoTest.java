package dev.thalweg.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.cell.SharedCell;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Subscription;
import dev.thalweg.undo.UndoOutcome.Reason;
import dev.thalweg.undo.UndoOutcome.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each structure by itself; {@link UndoRandomTest} has the races. */
class UndoTest {
    private static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("directory", SharedDirectory.TYPE).object("cell", SharedCell.TYPE)
            .object("counter", SharedCounter.TYPE).object("tallies", SharedOrMap.TALLY)
            .object("registers", SharedOrMap.REGISTER).build();

    private final LoopbackTimers timers = new LoopbackTimers();
    private final LoopbackIds ids = new LoopbackIds(1);
    private final LoopbackService service = new LoopbackService(timers, ids, LoopbackOptions.DEFAULT);
    private final LoopbackLink myLink = service.link();
    private final Container mine = Container.create(services(myLink), SCHEMA);
    private final UndoRedoStackManager undo = new UndoRedoStackManager(mine);
    private final Container theirs;

    UndoTest() {
        Answer<String> id = new Answer<>();
        mine.attach(id);
        service.settle();
        Answer<Container> other = new Answer<>();
        Container.load(services(service.link()), id.get(), SCHEMA, other);
        service.settle();
        theirs = other.get();
    }

    @Test
    void aTransactionIsOneStep() {
        SharedMap map = mine.object("map", SharedMap.TYPE);
        SharedCounter counter = mine.object("counter", SharedCounter.TYPE);
        undo.track(map);
        undo.track(counter);
        List<UndoRedoStackManager.Changed> heard = new ArrayList<>();
        undo.subscribe(heard::add);
        mine.runTransaction(() -> {
            map.set("a", of(1));
            counter.increment(5);
            map.set("a", of(2));
            mine.runTransaction(() -> map.set("b", of(3)));
        });
        assertThat(undo.undoOperation()).isEqualTo(new UndoOutcome(3, List.of()));
        assertThat(map.size()).isZero();
        assertThat(counter.value()).isZero();
        assertThat(undo.canUndo()).isFalse();
        service.settle();
        assertThat(undo.redoOperation().done()).isEqualTo(3);
        service.settle();
        assertThat(theirs.object("map", SharedMap.TYPE).get("a")).isEqualTo(of(2));
        assertThat(theirs.object("counter", SharedCounter.TYPE).value()).isEqualTo(5);
        assertThat(heard).containsExactly(new UndoRedoStackManager.Changed(true, false),
                new UndoRedoStackManager.Changed(false, true), new UndoRedoStackManager.Changed(true, false));
        assertThat(undo.redoOperation()).isEqualTo(UndoOutcome.NOTHING);
    }

    @Test
    void anothersWriteIsLeftAndSaidSo() {
        SharedMap map = mine.object("map", SharedMap.TYPE);
        undo.track(map);
        mine.runTransaction(() -> {
            map.set("a", of(1));
            map.set("b", of(1));
        });
        service.settle();
        // The same value, but theirs.
        theirs.object("map", SharedMap.TYPE).set("a", of(1));
        theirs.flush();
        service.settle();
        UndoOutcome outcome = undo.undoOperation();
        assertThat(outcome)
                .isEqualTo(new UndoOutcome(1, List.of(new Skipped(map.id(), "a", Reason.OVERWRITTEN))));
        assertThat(map.get("a")).isEqualTo(of(1));
        assertThat(map.has("b")).isFalse();
    }

    @Test
    void anUndoMadeOfflineYieldsToWhatWasWrittenMeanwhile() {
        SharedCell cell = mine.object("cell", SharedCell.TYPE);
        undo.track(cell);
        cell.set(of(1));
        cell.set(of(2));
        service.settle();
        myLink.cut();
        undo.undoOperation();
        assertThat(cell.get()).isEqualTo(of(1));
        theirs.object("cell", SharedCell.TYPE).set(of(9));
        service.settle();
        myLink.restore();
        reconnect();
        assertThat(cell.get()).isEqualTo(of(9));
        assertThat(theirs.object("cell", SharedCell.TYPE).get()).isEqualTo(of(9));
        assertThat(undo.undoOperation().skipped()).extracting(Skipped::reason).containsExactly(Reason.OVERWRITTEN);
    }

    @Test
    void whatCameUnseenUnderAnEditIsWhatItsUndoBringsBack() {
        SharedCell cell = mine.object("cell", SharedCell.TYPE);
        undo.track(cell);
        myLink.cut();
        cell.set(of(1));
        theirs.object("cell", SharedCell.TYPE).set(of(9));
        service.settle();
        myLink.restore();
        reconnect();
        assertThat(theirs.object("cell", SharedCell.TYPE).get()).isEqualTo(of(1));
        undo.undoOperation();
        assertThat(cell.get()).isEqualTo(of(9));
        undo.redoOperation();
        assertThat(cell.get()).isEqualTo(of(1));
    }

    @Test
    void directoriesComeBackWithWhatWasInThem() {
        SharedDirectory root = mine.object("directory", SharedDirectory.TYPE);
        undo.track(root);
        Directory sub = root.createSubDirectory("sub");
        sub.set("k", of(1));
        sub.createSubDirectory("deep").set("a/b", of(2));
        service.settle();
        mine.disconnect();
        root.deleteSubDirectory("sub");
        // Theirs is sequenced first and belongs to what the undo brings back.
        Directory other = Objects.requireNonNull(
                theirs.object("directory", SharedDirectory.TYPE).getSubDirectory("sub"));
        other.set("theirs", of(3));
        service.settle();
        mine.connect();
        reconnect();
        assertThat(theirs.object("directory", SharedDirectory.TYPE).hasSubDirectory("sub")).isFalse();
        assertThat(undo.undoOperation().skipped()).isEmpty();
        service.settle();
        Directory back = Objects.requireNonNull(
                theirs.object("directory", SharedDirectory.TYPE).getWorkingDirectory("/sub"));
        assertThat(back.get("k")).isEqualTo(of(1));
        assertThat(back.get("theirs")).isEqualTo(of(3));
        assertThat(Objects.requireNonNull(back.getSubDirectory("deep")).get("a/b")).isEqualTo(of(2));
        // The steps before it are theirs to take, down to the creation, which is not empty.
        assertThat(undo.undoOperation().done()).isEqualTo(1);
        assertThat(undo.undoOperation().done()).isEqualTo(1);
        assertThat(undo.undoOperation().done()).isEqualTo(1);
        assertThat(root.getWorkingDirectory("/sub/deep")).isNull();
        assertThat(undo.undoOperation().skipped())
                .containsExactly(new Skipped(root.id(), "/sub", Reason.OVERWRITTEN));
        service.settle();
        assertThat(theirs.object("directory", SharedDirectory.TYPE).snapshot()).isEqualTo(root.snapshot());
    }

    @Test
    void aDirectoryAnotherDeletedIsGone() {
        SharedDirectory root = mine.object("directory", SharedDirectory.TYPE);
        undo.track(root);
        root.createSubDirectory("sub").set("k", of(1));
        service.settle();
        theirs.object("directory", SharedDirectory.TYPE).deleteSubDirectory("sub");
        service.settle();
        assertThat(undo.undoOperation().skipped())
                .containsExactly(new Skipped(root.id(), "/sub k", Reason.GONE));
        root.clear();
        root.set("x", of(1));
        undo.undoOperation();
        assertThat(root.size()).isZero();
    }

    @Test
    void talliesAreTakenBackWhileTheirRowIsThere() {
        SharedOrMap map = mine.object("tallies", SharedOrMap.TALLY);
        SharedOrMap other = theirs.object("tallies", SharedOrMap.TALLY);
        undo.track(map);
        map.increment("r", 5);
        service.settle();
        other.increment("r", 2);
        service.settle();
        undo.undoOperation();
        assertThat(map.tally("r")).isEqualTo(2);
        undo.redoOperation();
        assertThat(map.tally("r")).isEqualTo(7);
        map.remove("r");
        undo.undoOperation();
        service.settle();
        assertThat(other.tally("r")).isEqualTo(7);
        other.remove("r");
        service.settle();
        assertThat(undo.undoOperation().skipped()).containsExactly(new Skipped(map.id(), "r", Reason.GONE));
        map.open("new");
        undo.undoOperation();
        service.settle();
        assertThat(other.has("new")).isFalse();
        assertThat(map.snapshot()).isEqualTo(other.snapshot());
    }

    @Test
    void registersGoBackToWhatTheyHeld() {
        SharedOrMap map = mine.object("registers", SharedOrMap.REGISTER);
        SharedOrMap other = theirs.object("registers", SharedOrMap.REGISTER);
        undo.track(map);
        other.set("r", of(1));
        service.settle();
        map.set("r", of(2));
        map.remove("r");
        service.settle();
        undo.undoOperation();
        assertThat(map.register("r")).isEqualTo(of(2));
        undo.undoOperation();
        service.settle();
        assertThat(other.register("r")).isEqualTo(of(1));
        undo.redoOperation();
        service.settle();
        other.set("r", of(3));
        service.settle();
        assertThat(undo.undoOperation().skipped()).containsExactly(new Skipped(map.id(), "r", Reason.OVERWRITTEN));
        map.set("mine", of(4));
        undo.undoOperation();
        service.settle();
        assertThat(other.has("mine")).isFalse();
        assertThat(map.snapshot()).isEqualTo(other.snapshot());
    }

    @Test
    void worksWhileDetached() {
        Container detached = Container.create(services(service.link()), SCHEMA);
        UndoRedoStackManager stack = new UndoRedoStackManager(detached);
        SharedMap map = detached.object("map", SharedMap.TYPE);
        SharedOrMap registers = detached.object("registers", SharedOrMap.REGISTER);
        stack.track(map);
        stack.track(registers);
        map.set("a", of(1));
        map.clear();
        registers.set("r", of(1));
        registers.remove("r");
        stack.undoOperation();
        assertThat(registers.register("r")).isEqualTo(of(1));
        stack.undoOperation();
        stack.undoOperation();
        assertThat(map.get("a")).isEqualTo(of(1));
        stack.undoOperation();
        assertThat(map.size()).isZero();
        assertThat(registers.size()).isZero();
    }

    @Test
    void keepsSoManySteps() {
        UndoRedoStackManager stack = new UndoRedoStackManager(mine, 2);
        SharedMap map = mine.object("map", SharedMap.TYPE);
        Subscription tracking = stack.track(map);
        assertThatThrownBy(() -> undo.track(map)).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < 4; i++) {
            map.set("a", of(i));
        }
        assertThat(stack.undoOperation().done()).isEqualTo(1);
        assertThat(stack.undoOperation().done()).isEqualTo(1);
        assertThat(stack.undoOperation()).isEqualTo(UndoOutcome.NOTHING);
        assertThat(map.get("a")).isEqualTo(of(1));
        tracking.cancel();
        assertThat(stack.redoOperation().skipped()).extracting(Skipped::reason).containsExactly(Reason.UNTRACKED);
        assertThatThrownBy(() -> new UndoRedoStackManager(mine, 0)).hasMessageContaining("was 0");
    }

    @Test
    void anUndoThatCannotBeMadeChangesNothing() {
        SharedMap map = mine.object("map", SharedMap.TYPE);
        undo.track(map);
        map.set("a", of(1));
        mine.dispose();
        assertThatThrownBy(undo::undoOperation).isInstanceOf(IllegalStateException.class);
        assertThat(undo.canUndo()).isTrue();
        assertThat(map.get("a")).isEqualTo(of(1));
    }

    @Test
    void thereIsNoUndoInsideOfATransaction() {
        SharedMap map = mine.object("map", SharedMap.TYPE);
        undo.track(map);
        map.set("a", of(1));
        assertThatThrownBy(() -> mine.runTransaction(() -> {
            undo.undoOperation();
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("transaction");
        assertThatThrownBy(() -> mine.runTransaction(() -> {
            undo.redoOperation();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(map.get("a")).isEqualTo(of(1));
        assertThat(undo.undoOperation().done()).isEqualTo(1);
        assertThat(map.has("a")).isFalse();
    }

    /** It is one batch, and what was written one by one may be too much for one. */
    @Test
    void anUndoThatIsRefusedInTheMiddleIsNotTriedAgain() {
        boolean smaller = Objects.requireNonNull(mine.clientId())
                .compareTo(Objects.requireNonNull(theirs.clientId())) < 0;
        Container author = smaller ? theirs : mine;
        Container undoer = smaller ? mine : theirs;
        SharedMap map = undoer.object("map", SharedMap.TYPE);
        UndoRedoStackManager stack = new UndoRedoStackManager(undoer);
        stack.track(map);
        undoer.runTransaction(() -> {
            map.set("a", of(1));
            map.set("b", of(1));
        });
        service.settle();
        // The lanes are there, and theirs is on top of them.
        JsonValue large = JsonValue.of("x".repeat(9 << 20));
        for (String key : List.of("a", "b")) {
            author.object("map", SharedMap.TYPE).set(key, large);
            author.flush();
            service.settle();
        }
        undoer.runTransaction(() -> {
            map.delete("a");
            map.delete("b");
        });
        service.settle();
        assertThat(map.size()).isZero();
        assertThatThrownBy(stack::undoOperation).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the batch needs");
        assertThat(map.size()).isZero();
        assertThat(stack.canUndo()).isTrue();
        assertThat(undoer.dirty()).isFalse();
    }

    @Test
    void aDeletionThatIsNotSentAgainLeavesTheOthersInFlight() {
        SharedDirectory root = mine.object("directory", SharedDirectory.TYPE);
        SharedDirectory other = theirs.object("directory", SharedDirectory.TYPE);
        undo.track(root);
        Directory gone = root.createSubDirectory("gone");
        gone.createSubDirectory("inner");
        root.createSubDirectory("sub").set("k", of(1));
        service.settle();
        mine.disconnect();
        service.settle();
        root.deleteSubDirectory("sub");
        gone.deleteSubDirectory("inner");
        other.deleteSubDirectory("gone");
        service.settle();
        // Theirs is sequenced after they see the one who comes back, and before what that one sends.
        theirs.subscribe(event -> {
            if (event instanceof ContainerEvent.QuorumChanged changed && changed.present()) {
                Objects.requireNonNull(other.getSubDirectory("sub")).set("late", of(2));
                theirs.flush();
            }
        });
        mine.connect();
        reconnect();
        assertThat(other.hasSubDirectory("sub")).isFalse();
        assertThat(undo.undoOperation().skipped()).extracting(Skipped::reason).containsExactly(Reason.GONE);
        undo.undoOperation();
        service.settle();
        assertThat(Objects.requireNonNull(other.getSubDirectory("sub")).get("late")).isEqualTo(of(2));
        assertThat(other.snapshot()).isEqualTo(root.snapshot());
    }

    private void reconnect() {
        for (int i = 0; i < 4; i++) {
            service.settle();
            service.advance(20_000);
        }
        service.settle();
    }

    private ContainerServices services(LoopbackLink link) {
        return new ContainerServices(link, timers, ids, ChannelTypes.of());
    }

    private static JsonValue of(int value) {
        return JsonValue.of(value);
    }
}
