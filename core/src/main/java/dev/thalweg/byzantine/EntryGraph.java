package dev.thalweg.byzantine;

import dev.thalweg.eventgraph.EventId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries that are in the document, in the order in which they went in, and who has seen whom. */
final class EntryGraph {
    /** An entry; it is signed when it comes from somewhere else, or when its signature has been made. */
    static final class Node {
        final EntryHeader header;
        final String digest;
        final SignedDocument.Stretch stretch;
        final int place;
        /** By which name the event graph knows its last event. */
        EventId last;
        @Nullable
        SignedEntry signed;

        Node(EntryHeader header, String digest, SignedDocument.Stretch stretch, int place) {
            this.header = header;
            this.digest = digest;
            this.stretch = stretch;
            this.place = place;
            last = new EventId(stretch.first().agent(), stretch.first().sequence() + stretch.events() - 1);
        }
    }

    private final List<Node> log = new ArrayList<>();
    private final Map<String, Node> byDigest = new HashMap<>();
    private final TreeSet<String> tips = new TreeSet<>();

    int size() {
        return log.size();
    }

    List<Node> log() {
        return log;
    }

    @Nullable
    Node find(String digest) {
        return byDigest.get(digest);
    }

    /** The entries that their authors have not gone on from. */
    List<String> tips() {
        return new ArrayList<>(tips);
    }

    /** Adds an entry whose causes are here. */
    Node add(EntryHeader header, String digest, SignedDocument.Stretch stretch) {
        Node node = new Node(header, digest, stretch, log.size());
        log.add(node);
        byDigest.put(digest, node);
        String previous = header.previous();
        if (previous != null) {
            tips.remove(previous);
        }
        tips.add(digest);
        return node;
    }

    /**
     * What somebody lacks who has these entries and all that they had seen, in order. Goes over no more than that, and what
     * is as young.
     *
     * @param known those that are not here are passed over
     */
    List<Node> since(Collection<String> known) {
        // By place, the latest first; true for what somebody has who has `known`.
        TreeMap<Integer, Boolean> open = new TreeMap<>(Collections.reverseOrder());
        int lacking = 0;
        for (String digest : tips) {
            lacking += put(open, digest, false);
        }
        for (String digest : known) {
            lacking += put(open, digest, true);
        }
        List<Node> found = new ArrayList<>();
        while (lacking > 0) {
            Map.Entry<Integer, Boolean> latest = open.firstEntry();
            open.remove(latest.getKey());
            boolean has = latest.getValue();
            Node node = log.get(latest.getKey());
            if (!has) {
                lacking--;
                found.add(node);
            }
            for (String parent : node.header.parents()) {
                lacking += put(open, parent, has);
            }
            String previous = node.header.previous();
            if (previous != null) {
                lacking += put(open, previous, has);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /* Returns how many more there are that somebody lacks. */
    private int put(Map<Integer, Boolean> open, String digest, boolean has) {
        Node node = byDigest.get(digest);
        if (node == null) {
            return 0;
        }
        Boolean before = open.get(node.place);
        if (before == null) {
            open.put(node.place, has);
            return has ? 0 : 1;
        }
        if (has && !before) {
            open.put(node.place, true);
            return -1;
        }
        return 0;
    }
}
