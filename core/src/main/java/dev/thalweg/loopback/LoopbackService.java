package dev.thalweg.loopback;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.SequencerCheckpoint;
import dev.thalweg.storage.MemoryObjectStore;
import dev.thalweg.storage.ProtocolState;
import dev.thalweg.storage.Scribe;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.SummaryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ordering service in memory, with the sequencer and the scribe of the real one. Nothing arrives anywhere until it is
 * delivered: step by step, by chance, all of it, or by a clock. Equal seeds and equal steps give equal runs.
 *
 * <p>Each client program reaches it over a {@link LoopbackLink} of its own; {@link #open} and {@link #create} make one
 * for whoever does not care.
 */
public final class LoopbackService implements ServiceFactory {
    /** Deliveries and tasks in one go after which it is plain that they will not end. */
    int endless = 1_000_000;

    final Post post;
    final Timers timers;
    final Ids ids;
    final LoopbackOptions options;
    private final @Nullable LoopbackTimers clock;
    private final Lane own;
    private final List<LoopbackLink> links = new ArrayList<>();
    private final Map<String, LoopbackLink> linkOf = new LinkedHashMap<>();
    private final Map<String, LoopbackDocument> documents = new LinkedHashMap<>();
    private final SummaryStore store = new SummaryStore(new MemoryObjectStore());

    private LoopbackService(Timers timers, @Nullable LoopbackTimers clock, Ids ids, LoopbackOptions options) {
        this.post = new Post(clock == null ? timers : null);
        this.timers = timers;
        this.clock = clock;
        this.ids = ids;
        this.options = options;
        this.own = new Lane(post);
    }

    /** A service whose deliveries are made by hand. */
    public LoopbackService(LoopbackTimers timers, Ids ids, LoopbackOptions options) {
        this(timers, timers, ids, options);
    }

    /** A service whose deliveries are made by hand, with the usual options. */
    public LoopbackService(LoopbackTimers timers, Ids ids) {
        this(timers, timers, ids, LoopbackOptions.DEFAULT);
    }

    /** A service whose deliveries are made by a clock, after the latency of each link. */
    public static LoopbackService automatic(Timers timers, Ids ids, LoopbackOptions options) {
        return new LoopbackService(timers, null, ids, options);
    }

    /** A new link, for one client program. */
    public LoopbackLink link() {
        LoopbackLink link = new LoopbackLink(this);
        links.add(link);
        return link;
    }

    /** The link over which a connection was made, now or before. */
    public LoopbackLink link(String clientId) {
        LoopbackLink link = linkOf.get(clientId);
        if (link == null) {
            throw new IllegalArgumentException("no client " + clientId + " has ever connected");
        }
        return link;
    }

    /** All links, in the order in which they were made. */
    public List<LoopbackLink> links() {
        return List.copyOf(links);
    }

    @Override
    public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
        link().create(documentId, summary, outcome);
    }

    @Override
    public DocumentService open(String documentId) {
        return link().open(documentId);
    }

    /** Makes the oldest delivery that may be made. False when there is none. */
    public boolean step() {
        Lane oldest = null;
        for (Lane lane : post.lanes) {
            if (lane.ready() && (oldest == null || lane.order() < oldest.order())) {
                oldest = lane;
            }
        }
        if (oldest == null) {
            return false;
        }
        oldest.deliver();
        return true;
    }

    /** Makes one of the deliveries that may be made now, chosen by chance: no lane waits for another. */
    public boolean stepAny() {
        List<Lane> ready = new ArrayList<>();
        for (Lane lane : post.lanes) {
            if (lane.ready()) {
                ready.add(lane);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        ready.get((int) Math.floor(ids.fraction() * ready.size())).deliver();
        return true;
    }

    /**
     * Runs what is due and makes deliveries until there is neither, letting no time go by. What is paused stays.
     *
     * @return how many deliveries were made
     */
    public int settle() {
        int delivered = 0;
        int ran = 0;
        while (true) {
            boolean task = clock != null && clock.runNext(clock.now());
            boolean delivery = step();
            if (!task && !delivery) {
                return delivered;
            }
            ran += task ? 1 : 0;
            delivered += delivery ? 1 : 0;
            if (ran + delivered > endless) {
                throw new IllegalStateException("no end after " + delivered + " deliveries and " + ran + " tasks");
            }
        }
    }

    /** Lets time go by on the clock of a service by hand, settling before, after and whenever a task has run. */
    public void advance(double millis) {
        LoopbackTimers hand = clock;
        if (hand == null) {
            throw new IllegalStateException("this service is driven by a clock of its own");
        }
        double until = hand.now() + millis;
        settle();
        while (hand.runNext(until)) {
            settle();
        }
        hand.forwardTo(until);
        settle();
    }

    /** Pauses the link of a client. */
    public void pause(String clientId) {
        link(clientId).pause();
    }

    /** Ends the pause of the link of a client. */
    public void resume(String clientId) {
        link(clientId).resume();
    }

    /** Cuts the link of a client. */
    public void cut(String clientId) {
        link(clientId).cut();
    }

    /** Restores the link over which a client was connected. */
    public void restore(String clientId) {
        link(clientId).restore();
    }

    /** Delivers to a client once more what it was last sent of the stream. */
    public boolean duplicate(String clientId) {
        return link(clientId).duplicate();
    }

    /** How many deliveries are queued. */
    public int queued() {
        int queued = own.size();
        for (LoopbackLink link : links) {
            queued += link.queued();
        }
        return queued;
    }

    /** All sequenced messages of a document. */
    public List<SequencedMessage> log(String documentId) {
        return List.copyOf(existing(documentId).log());
    }

    /** The last sequence number of a document. */
    public int sequenceNumber(String documentId) {
        return existing(documentId).sequencer().sequenceNumber();
    }

    /** The minimum sequence number of a document. */
    public int minimumSequenceNumber(String documentId) {
        return existing(documentId).sequencer().minimumSequenceNumber();
    }

    /** What the sequencer of a document remembers. */
    public SequencerCheckpoint checkpoint(String documentId) {
        return existing(documentId).sequencer().checkpoint();
    }

    /** Ends the service and starts it again: every connection is lost, and each document goes on from its record. */
    public void restart() {
        for (LoopbackDocument document : documents.values()) {
            document.restart();
        }
    }

    void found(String wished, SummaryNode.Tree summary, Outcome<String> outcome) {
        String documentId = wished.isEmpty() ? ids.uuid() : wished;
        if (documents.containsKey(documentId)) {
            outcome.failed(Failure.permanent(409, "document " + documentId + " exists"));
            return;
        }
        try {
            Scribe scribe = Scribe.create(store, documentId, summary, ProtocolState.initial(), timers.now());
            documents.put(documentId, new LoopbackDocument(this, documentId, store, scribe));
            outcome.succeeded(documentId);
        } catch (ProtocolException refused) {
            outcome.failed(Failure.permanent(400, "cannot create the document: " + refused.getMessage()));
        }
    }

    @Nullable
    LoopbackDocument document(String documentId) {
        return documents.get(documentId);
    }

    void remember(String clientId, LoopbackLink link) {
        linkOf.put(clientId, link);
    }

    /** Something the service notices by itself. */
    void later(Runnable task) {
        own.send(0, task);
    }

    static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a connection was used before the service took it");
        }
        return value;
    }

    private LoopbackDocument existing(String documentId) {
        LoopbackDocument document = documents.get(documentId);
        if (document == null) {
            throw new IllegalArgumentException("no document " + documentId);
        }
        return document;
    }
}
