package dev.thalweg.web.local.editor;

import dev.thalweg.eventgraph.Authorship;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.eventgraph.TextJson;
import dev.thalweg.eventgraph.TextUndoManager;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.StreamExtent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One person's copy of a text: takes edits at once, keeps them, and exchanges events with all other copies on its line. */
/*
 * Nothing is told before it is kept. A page may go at any moment, and the copy goes on under its old name when it is opened
 * again: were it to have told others of events that it then does not know itself, it would make others of the same names.
 *
 * Who comes online says how many events of each agent it has, and asks. Whoever has more sends it; whoever has less asks in
 * return. From then on new events are sent as they are made. Whoever takes events in says so after a moment, without asking,
 * and that is how an author knows that what it wrote is not only here any more.
 *
 * Undo and the places of carets are asked of a TextHistory, which costs what is new.
 */
final class Copy {
    private static final double STEP_PAUSE = 800;
    private static final double ACKNOWLEDGE_AFTER = 120;
    private static final double KEEP_STANDING_AFTER = 1_000;
    private static final double KEEP_AGAIN_AFTER = 2_000;

    private final TextDocument document;
    private final TextHistory history;
    private final TextUndoManager undo;
    private final Keeper keeper;
    private final Timers timers;
    private final Line line;
    private final View view;
    private final Carets carets;
    /* How many own events somebody else is known to have, and are in the journal. */
    private int shared;
    private int ownKept;
    private boolean online;
    private boolean keeping;
    private int kept;
    private double lastEdit = Double.NEGATIVE_INFINITY;
    private @Nullable Subscription acknowledgement;
    private @Nullable Subscription standing;
    /* What to send to whoever asked while events were not kept yet: how many of each agent all of them have. */
    private @Nullable Map<String, Integer> asked;

    /** The way to all other copies. */
    interface Line {
        /** Tells all that are online now. */
        void send(String message);
    }

    /** Shows a copy. */
    interface View {
        /** The text changed by what came from elsewhere, or, when {@code own}, by undo or redo. */
        void changed(TextChange change, boolean own);

        /** A stretch is only here until others have all own events before a number. */
        void pending(int from, int to, int behind);

        /** Others have all own events before a number. */
        void shared(int next);

        /** Somebody moved, or the text under them did. */
        void moved();

        /** Something of what {@link Copy} tells is different. */
        void stirred();

        /** What went wrong, for a person. */
        void failed(String message);
    }

    /** Goes on with a document. @param kept how many of its events the keeper has */
    Copy(TextDocument document, int kept, Keeper.Standing standing, Keeper keeper, Timers timers, Line line,
            View view) {
        this.document = document;
        this.kept = kept;
        this.keeper = keeper;
        this.timers = timers;
        this.line = line;
        this.view = view;
        history = new TextHistory(document);
        undo = new TextUndoManager(history);
        carets = new Carets(history, timers, line, () -> {
            view.moved();
            view.stirred();
        });
        shared = standing.shared();
        online = standing.online();
        ownKept = kept == 0 ? 0 : own();
    }

    /** Begins: keeps what is not kept, and says hello when it is online. */
    void start() {
        keep();
        if (online) {
            join();
        }
    }

    String agent() {
        return document.agent();
    }

    TextDocument document() {
        return document;
    }

    TextHistory history() {
        return history;
    }

    boolean isOnline() {
        return online;
    }

    /** How many events this copy made. */
    int own() {
        return document.versionVector().getOrDefault(agent(), 0);
    }

    /** How many of its own events somebody else has. */
    int shared() {
        return Math.min(own(), shared);
    }

    /** How many events this copy has that another lacks. */
    int lackedBy(Copy other) {
        Map<String, Integer> theirs = other.document.versionVector();
        int count = 0;
        for (Map.Entry<String, Integer> version : document.versionVector().entrySet()) {
            count += Math.max(0, version.getValue() - theirs.getOrDefault(version.getKey(), 0));
        }
        return count;
    }

    /** Tells the stretches that are only here, of the text as it is. */
    void pendingStretches(Stretches stretches) {
        int at = 0;
        for (Authorship each : history.blame(0, document.length())) {
            EventId first = each.first();
            int own = Math.min(each.length(), Math.max(0, shared() - first.sequence()));
            if (first.agent().equals(agent()) && own < each.length()) {
                stretches.take(at + own, at + each.length(), first.sequence() + each.length());
            }
            at += each.length();
        }
    }

    /** Hears of stretches; see {@link View#pending}. */
    interface Stretches {
        void take(int from, int to, int behind);
    }

    /** Whether all events are in the journal. */
    boolean isKept() {
        return kept == document.graph().size();
    }

    /** A part of the user's edit. @throws IllegalArgumentException when it is not inside the text or would split a surrogate pair */
    void edit(int position, int removed, String inserted) {
        double now = timers.now();
        if (now - lastEdit > STEP_PAUSE) {
            undo.closeStep();
        }
        lastEdit = now;
        document.delete(position, removed);
        document.insert(position, inserted);
        if (!inserted.isEmpty()) {
            view.pending(position, position + inserted.length(), own());
        }
    }

    boolean canUndo() {
        return undo.canUndo();
    }

    boolean canRedo() {
        return undo.canRedo();
    }

    /** Undoes this user's last step, or redoes it. */
    void revert(boolean again) {
        TextChange change = again ? undo.redo() : undo.undo();
        if (change.isEmpty()) {
            return;
        }
        lastEdit = Double.NEGATIVE_INFINITY;
        view.changed(change, true);
        int at = 0;
        for (TextChange.Edit edit : change.edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> at += retain.length();
                case TextChange.Edit.Insert insert -> {
                    view.pending(at, at + insert.text().length(), own());
                    at += insert.text().length();
                }
                case TextChange.Edit.Delete delete -> {}
            }
        }
        edited();
    }

    /** The user's edit is complete: it is to be kept and told. */
    void edited() {
        keep();
        view.moved();
        view.stirred();
    }

    private void keep() {
        int size = document.graph().size();
        if (keeping || kept == size) {
            return;
        }
        keeping = true;
        Map<String, Integer> before = document.versionVector();
        int from = kept;
        int own = own();
        before.put(agent(), ownKept);
        JsonArray fresh = TextJson.runs(document, before);
        keeper.keep(document.encodeFrom(from), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                keeping = false;
                kept = size;
                ownKept = own;
                if (online && fresh.size() > 0) {
                    line.send(Message.events(agent(), fresh));
                }
                if (kept == document.graph().size()) {
                    keeper.compact(extent, document);
                    answer();
                }
                keep();
                view.stirred();
            }

            @Override
            public void failed(Failure failure) {
                view.failed("What is new is not kept yet, and not told to others: " + failure.message());
                timers.schedule(KEEP_AGAIN_AFTER, () -> {
                    keeping = false;
                    keep();
                });
            }
        });
    }

    /** Goes online or offline. */
    void setOnline(boolean on) {
        if (on == online) {
            return;
        }
        if (on) {
            online = true;
            join();
        } else {
            leave();
            online = false;
        }
        keepStanding();
        view.moved();
        view.stirred();
    }

    private void join() {
        line.send(Message.has(agent(), document.versionVector(), Message.Wish.EXCHANGE));
        carets.tell();
    }

    /** Says that this copy is not to be seen any more. Does nothing offline. */
    void leave() {
        if (online) {
            carets.leave();
        }
    }

    /** The user goes on elsewhere: what is edited from now on is undone by itself. */
    void pause() {
        undo.closeStep();
    }

    /** The user's selection. */
    void select(int from, int to) {
        carets.select(from, to, online);
    }

    /** How many other copies are online and were heard of lately; 0 when this one is offline. */
    int others() {
        return online ? carets.others() : 0;
    }

    /** The others' carets, as far as their places have come here; nobody when this one is offline. */
    List<Person> people() {
        return online ? carets.people() : List.of();
    }

    /** Hears what another copy tells. Offline nothing is heard. */
    void receive(String text) {
        if (!online) {
            return;
        }
        try {
            Message message = Message.read(text);
            if (!message.from().equals(agent())) {
                take(message);
            }
        } catch (ProtocolException e) {
            view.failed("Another copy told what cannot be taken in: " + e.getMessage());
        }
    }

    private void take(Message message) throws ProtocolException {
        switch (message) {
            case Message.Has has -> take(has);
            case Message.Events events -> {
                TextChange change = document.merge(events.runs()).change();
                if (!change.isEmpty()) {
                    view.changed(change, false);
                }
                keep();
                acknowledge();
                view.moved();
                view.stirred();
            }
            case Message.Presence told -> {
                if (carets.merge(told.state())) {
                    view.moved();
                    view.stirred();
                }
            }
        }
    }

    private void take(Message.Has has) {
        int theirs = Math.min(own(), has.versions().getOrDefault(agent(), 0));
        if (theirs > shared) {
            shared = theirs;
            keepStandingSoon();
            view.shared(shared);
            view.stirred();
        }
        if (has.wish() == Message.Wish.NONE) {
            return;
        }
        Map<String, Integer> before = asked;
        asked = before == null ? new TreeMap<>(has.versions()) : least(before, has.versions());
        if (kept == document.graph().size()) {
            answer();
        }
        if (has.wish() == Message.Wish.EXCHANGE) {
            if (isMore(has.versions(), document.versionVector())) {
                line.send(Message.has(agent(), document.versionVector(), Message.Wish.EVENTS));
            }
            line.send(Message.presence(agent(), carets.state()));
        }
    }

    /* Sends to whoever asked what they lack. */
    private void answer() {
        Map<String, Integer> versions = asked;
        asked = null;
        if (versions != null && online && isMore(document.versionVector(), versions)) {
            line.send(Message.events(agent(), TextJson.runs(document, versions)));
        }
    }

    private static boolean isMore(Map<String, Integer> versions, Map<String, Integer> than) {
        for (Map.Entry<String, Integer> version : versions.entrySet()) {
            if (version.getValue() > than.getOrDefault(version.getKey(), 0)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Integer> least(Map<String, Integer> some, Map<String, Integer> others) {
        Map<String, Integer> least = new TreeMap<>();
        some.forEach((agent, count) -> least.put(agent, Math.min(count, others.getOrDefault(agent, 0))));
        return least;
    }

    /* Soon, and once for all that comes until then. Events that wait for others are asked for. */
    private void acknowledge() {
        if (acknowledgement == null) {
            acknowledgement = timers.schedule(ACKNOWLEDGE_AFTER, () -> {
                acknowledgement = null;
                if (online) {
                    line.send(Message.has(agent(), document.versionVector(),
                            document.waiting() > 0 ? Message.Wish.EVENTS : Message.Wish.NONE));
                }
            });
        }
    }

    private void keepStandingSoon() {
        if (standing == null) {
            standing = timers.schedule(KEEP_STANDING_AFTER, this::keepStanding);
        }
    }

    private void keepStanding() {
        Subscription later = standing;
        if (later != null) {
            later.cancel();
            standing = null;
        }
        keeper.keep(new Keeper.Standing(shared, online));
    }
}
