package dev.thalweg.web.local.editor;

import dev.thalweg.bytes.Percent;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a copy of a text: the one that this tab had, or one that a closed page left behind, or else a new one. A page holds
 * the name of each copy that it goes on with, so that no two write as one.
 */
final class Opening {
    private static final int MAX_RECORDS = 200;
    private static final double PATIENCE = 2_000;
    private static final int NAME_LENGTH = 8;

    private final @Nullable Journal journal;
    private final Names names;
    private final Ids ids;
    private final String prefix;
    private final String side;
    private final Done done;

    /** Names that one page holds at a time. */
    interface Names {
        /** Asks for one. @param patience how long to wait for another page that has it, ms */
        void claim(String name, double patience, Answer answer);
    }

    /** Hears whether a name is held now. */
    interface Answer {
        void accept(boolean held);
    }

    /** Hears what there is to go on with. */
    interface Done {
        /**
         * Called once.
         *
         * @param kept how many of the document's events the keeper has
         * @param note what a person should know about it, or an empty text
         */
        void opened(TextDocument document, int kept, Keeper.Standing standing, Keeper keeper, String note);
    }

    /** @param journal null where nothing can be kept */
    private Opening(@Nullable Journal journal, Names names, Ids ids, String text, String side, Done done) {
        this.journal = journal;
        this.names = names;
        this.ids = ids;
        this.side = side;
        this.done = done;
        prefix = "text/" + Percent.encode(text) + "/";
    }

    /**
     * Opens one.
     *
     * @param journal    null where nothing can be kept
     * @param side       what the names of its agents begin with
     * @param remembered the agent that this tab had, or null
     */
    static void open(@Nullable Journal journal, Names names, Ids ids, String text, String side,
            @Nullable String remembered, Done done) {
        new Opening(journal, names, ids, text, side, done).start(remembered);
    }

    private void start(@Nullable String remembered) {
        Journal database = journal;
        if (database == null) {
            fresh(new MemoryJournal(), null, "This browser keeps nothing here: what is written goes with the page.");
            return;
        }
        database.streams(prefix + side + "-", new Outcome<>() {
            @Override
            public void succeeded(List<String> streams) {
                List<String> order = new ArrayList<>();
                for (String stream : streams) {
                    String agent = stream.substring(prefix.length());
                    order.add(agent.equals(remembered) ? 0 : order.size(), agent);
                }
                claim(database, order, 0, remembered);
            }

            @Override
            public void failed(Failure failure) {
                fresh(new MemoryJournal(), null, "Nothing can be kept: " + failure.message());
            }
        });
    }

    private void claim(Journal database, List<String> agents, int index, @Nullable String remembered) {
        if (index == agents.size()) {
            fresh(database, null, "");
            return;
        }
        String agent = agents.get(index);
        names.claim(prefix + agent, agent.equals(remembered) ? PATIENCE : 0, held -> {
            if (held) {
                load(database, agent);
            } else {
                claim(database, agents, index + 1, remembered);
            }
        });
    }

    private void load(Journal database, String agent) {
        Keeper keeper = new Keeper(database, prefix + agent, MAX_RECORDS);
        keeper.read(new Outcome<>() {
            @Override
            public void succeeded(Keeper.Kept kept) {
                if (!kept.damage().isEmpty()) {
                    fresh(database, kept, "Part of what was kept cannot be read: " + kept.damage().get(0));
                    return;
                }
                try {
                    TextDocument document = kept.document(agent);
                    done.opened(document, document.graph().size(), kept.standing(), keeper, "");
                } catch (ProtocolException e) {
                    fresh(database, kept, "Part of what was kept cannot be read: " + e.getMessage());
                }
            }

            @Override
            public void failed(Failure failure) {
                fresh(new MemoryJournal(), null, "What was kept cannot be read: " + failure.message());
            }
        });
    }

    /* A new agent, with what is left of another's copy: as the old one it could make events of names that are in use. */
    private void fresh(Journal database, Keeper.@Nullable Kept rest, String note) {
        String agent = side + "-" + ids.uuid().substring(0, NAME_LENGTH);
        names.claim(prefix + agent, 0, held -> {
            Keeper keeper = new Keeper(database, prefix + agent, MAX_RECORDS);
            TextDocument document = rest == null ? new TextDocument(agent) : rest.readable(agent);
            done.opened(document, 0, Keeper.Standing.NEW, keeper, note);
        });
    }
}
