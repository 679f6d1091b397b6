package dev.thalweg.byzantine;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.byzantine.Alert.Kind;
import dev.thalweg.byzantine.EntryGraph.Node;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a document among peers of whom any number may lie. It takes in what its author signed and nothing else, and
 * replicas that have taken in the same entries and proofs hold the same document, whatever anybody sends to anybody.
 *
 * <p>Edits are made on the document itself and signed by {@link #commit}. What others did comes in by {@link #deliver}; a
 * connection that waits for the outcome before it delivers the next entry has one signature checked at a time.
 *
 * <p>Not for use by several threads at once.
 */
/*
 * An entry is some events of one author in a row. It names what the author had seen by digests, so nobody can change what
 * came before, and it is named by its own digest, so two replicas that name the same entry have the same history of it.
 *
 * The event graph knows the events of an author by the author's public key and their numbers, as it knows anybody's. An
 * author who signs two entries for one number has two histories, which the graph would refuse. From the moment that this
 * is known, its entries go by names of their own instead: key, number and digest. The document is read anew then, once for
 * each such author. The order of names stays what it was for all entries that are not at odds with each other, so nothing
 * that honest authors wrote meanwhile means anything else; and as the names depend on nothing but the entry, both
 * histories end in the same place everywhere.
 *
 * That an author has two histories is part of what replicas must agree on, hence proofs travel like entries. One is known
 * to all who have both entries; it is found before either goes into the document, as soon as the signature is verified.
 */
public final class SignedReplica {
    private final String name;
    private final Signer signer;
    private final Verifier verifier;
    private final Hashing hashing;
    private final ByzantineLimits limits;
    private final EntryGraph graph = new EntryGraph();
    private final WaitingEntries waiting;
    private final Map<EventId, Node> ends = new HashMap<>();
    /* By author and number: of all that were signed for it, the header with the smallest digest. */
    private final Map<String, Map<Integer, SignedHeader>> claims = new HashMap<>();
    private final TreeMap<String, EquivocationProof> proofs = new TreeMap<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private final ArrayDeque<Node> unsigned = new ArrayDeque<>();
    private SignedDocument document;
    /* The latest entry of this replica's own key. */
    private @Nullable Node own;

    /**
     * One of an empty document.
     *
     * @param name     what the document is called among all peers
     * @param signer   the key whose edits are made here, and nowhere else at the same time
     * @param document an empty one, for the agent that the key is called
     * @throws IllegalArgumentException when it is for another agent
     */
    public SignedReplica(String name, Signer signer, Verifier verifier, Hashing hashing, SignedDocument document,
            ByzantineLimits limits) {
        this.name = name;
        this.signer = signer;
        this.verifier = verifier;
        this.hashing = hashing;
        this.document = document;
        this.limits = limits;
        waiting = new WaitingEntries(limits);
        if (!document.agent().equals(agent(signer))) {
            throw new IllegalArgumentException("a document of agent " + document.agent() + " for the key "
                    + agent(signer));
        }
    }

    /** What the peer with a key is called. */
    public static String agent(Signer signer) {
        return Hex.encode(signer.publicKey());
    }

    /** The document as it is; another one after an author was found to equivocate. */
    public SignedDocument document() {
        return document;
    }

    /** How many entries wait for their causes. */
    public int waiting() {
        return waiting.size();
    }

    /** The digests that entries wait for, sorted: what to ask others for. */
    public List<String> missing() {
        return waiting.causes();
    }

    /**
     * The digests of the last entry of each author, sorted: they stand for all that is here. There are more of authors who
     * equivocate.
     */
    public List<String> tips() {
        seal();
        return graph.tips();
    }

    /** Who is known to equivocate, one proof each, in the order of the authors. */
    public List<EquivocationProof> proofs() {
        return new ArrayList<>(proofs.values());
    }

    /**
     * What somebody lacks who has these entries and what they had seen: entries in an order in which they can be taken in.
     *
     * @param tips  of somebody; those that are not known here are passed over
     * @param limit how many at most, at least 1; the rest follows when it is asked for with the tips of then
     */
    public List<SignedEntry> since(Collection<String> tips, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one entry is asked for, was " + limit);
        }
        List<SignedEntry> entries = new ArrayList<>();
        for (Node node : graph.since(tips)) {
            SignedEntry signed = node.signed;
            if (signed != null && entries.size() < limit) {
                entries.add(signed);
            }
        }
        return entries;
    }

    /** All entries that are signed, in an order in which they can be taken in: what to keep, or to give to a newcomer. */
    public List<SignedEntry> entries() {
        return since(List.of(), Integer.MAX_VALUE);
    }

    /**
     * Signs what was done here and is not signed yet.
     *
     * @param outcome hears the new entries, to be sent to the others; when it fails, the next call tries again
     * @throws IllegalStateException when this key has two histories, after it was used in two places: nobody can tell what
     *                               its further edits would go on from
     */
    public void commit(Outcome<List<SignedEntry>> outcome) {
        if (proofs.containsKey(document.agent())) {
            throw new IllegalStateException("this key has signed two histories and makes no more edits");
        }
        seal();
        sign(new ArrayList<>(), outcome);
    }

    private void sign(List<SignedEntry> done, Outcome<List<SignedEntry>> outcome) {
        Node node = unsigned.peek();
        if (node == null) {
            outcome.succeeded(done);
            return;
        }
        signer.sign(node.header.bytes(), new Outcome<>() {
            @Override
            public void succeeded(byte[] signature) {
                seal();
                SignedHeader signed = new SignedHeader(node.header, Hex.encode(signature));
                // Somebody who asked twice may have signed it already.
                if (node.signed == null) {
                    node.signed = new SignedEntry(signed, node.digest, node.stretch.content());
                    claim(signed);
                    unsigned.remove();
                    done.add(node.signed);
                }
                sign(done, outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /* Makes entries of what was done here since the last time, so that it keeps its place whatever comes in. */
    private void seal() {
        if (proofs.containsKey(document.agent())) {
            return;
        }
        Node last = own;
        for (SignedDocument.Stretch stretch : document.since(last == null ? 0 : last.header.end())) {
            TreeSet<String> parents = new TreeSet<>();
            for (EventId parent : stretch.parents()) {
                Node cause = ends.get(parent);
                if (cause == null) {
                    throw new IllegalStateException("event " + parent.sequence() + " of " + parent.agent()
                            + " came into the document without an entry");
                }
                parents.add(cause.digest);
            }
            EntryHeader header = new EntryHeader(name, document.agent(), stretch.first().sequence(), stretch.events(),
                    last == null ? null : last.digest, new ArrayList<>(parents),
                    SignedEntry.digest(stretch.content(), hashing));
            last = add(header, header.digest(hashing), stretch);
            unsigned.add(last);
        }
    }

    private Node add(EntryHeader header, String digest, SignedDocument.Stretch stretch) {
        Node node = graph.add(header, digest, stretch);
        ends.put(node.last, node);
        Node mine = own;
        if (header.author().equals(document.agent()) && (mine == null || mine.header.end() <= header.first())) {
            own = node;
        }
        return node;
    }

    /** Takes in an entry that somebody sent, after all checks; those that cost least come first. */
    public void deliver(SignedEntry entry, Outcome<Delivery> outcome) {
        seal();
        Delivery early = checkCheaply(entry);
        if (early != null) {
            outcome.succeeded(early);
            return;
        }
        entry.signed().verify(verifier, new Outcome<>() {
            @Override
            public void succeeded(Boolean valid) {
                outcome.succeeded(valid ? verified(entry)
                        : rejected(Kind.INVALID_SIGNATURE, entry, "the author did not sign it"));
            }

            @Override
            public void failed(Failure failure) {
                outcome.succeeded(rejected(Kind.NOT_VERIFIED, entry, failure.message()));
            }
        });
    }

    /* What can be said before the signature is looked at, or null when that is to be done. */
    private @Nullable Delivery checkCheaply(SignedEntry entry) {
        EntryHeader header = entry.header();
        if (!header.document().equals(name)) {
            return rejected(Kind.OTHER_DOCUMENT, entry, "it is for the document " + header.document());
        }
        String digest = header.digest(hashing);
        if (!digest.equals(entry.digest())) {
            return rejected(Kind.HASH_MISMATCH, entry, "its digest is " + digest);
        }
        if (isKnown(digest)) {
            return known();
        }
        if (refused.contains(digest)) {
            return rejected(Kind.REFUSED_BEFORE, entry, "it was refused before");
        }
        String content = CanonicalJson.of(entry.content());
        if (content.length() > limits.maxContent()) {
            return rejected(Kind.TOO_LARGE, entry, "its content has " + content.length() + " characters, the limit is "
                    + limits.maxContent());
        }
        String hash = Hex.encode(hashing.sha256(Utf8.encode(content)));
        return hash.equals(header.content()) ? null
                : rejected(Kind.HASH_MISMATCH, entry, "the digest of its content is " + hash);
    }

    private boolean isKnown(String digest) {
        return graph.find(digest) != null || waiting.contains(digest);
    }

    private static Delivery known() {
        return new Delivery(Delivery.Status.KNOWN, List.of(), List.of(), null);
    }

    private static Alert alert(Kind kind, SignedEntry entry, String detail) {
        return new Alert(kind, entry.header().author(), entry.digest(), detail);
    }

    private static Delivery rejected(Kind kind, SignedEntry entry, String detail) {
        return new Delivery(Delivery.Status.REJECTED, List.of(), List.of(alert(kind, entry, detail)), null);
    }

    private Delivery verified(SignedEntry entry) {
        // Much may have happened while the signature was looked at.
        seal();
        if (isKnown(entry.digest())) {
            return known();
        }
        if (refused.contains(entry.digest())) {
            return rejected(Kind.REFUSED_BEFORE, entry, "it was refused before");
        }
        if (entry.header().author().equals(document.agent()) && !unsigned.isEmpty()) {
            // What is being signed here may be for the same place, and nobody could tell before it is.
            return rejected(Kind.NOT_VERIFIED, entry, "this key is signing something else here; offer it again later");
        }
        List<Alert> alerts = new ArrayList<>();
        String cause = missingCause(entry);
        boolean waits = false;
        String full = null;
        if (cause != null && !refused.contains(cause)) {
            waits = true;
            full = waiting.add(entry, cause, CanonicalJson.of(entry.content()).length());
        }
        if (full != null) {
            return rejected(Kind.BUFFER_FULL, entry, full);
        }
        EquivocationProof proof = claim(entry.signed());
        if (proof != null) {
            alerts.add(alert(Kind.EQUIVOCATION, entry, "the author signed another entry from event "
                    + entry.header().first() + " on"));
        }
        if (waits) {
            return new Delivery(Delivery.Status.BUFFERED, List.of(), alerts, proof);
        }
        List<SignedEntry> delivered = new ArrayList<>();
        takeIn(entry, delivered, alerts);
        return new Delivery(delivered.isEmpty() ? Delivery.Status.REJECTED : Delivery.Status.ACCEPTED, delivered,
                alerts, proof);
    }

    /* One that was refused, one that is not here, or null when all are here. */
    private @Nullable String missingCause(SignedEntry entry) {
        List<String> causes = new ArrayList<>(entry.header().parents());
        String previous = entry.header().previous();
        if (previous != null) {
            causes.add(previous);
        }
        String missing = null;
        for (String cause : causes) {
            if (graph.find(cause) == null && (missing == null || refused.contains(cause))) {
                missing = cause;
            }
        }
        return missing;
    }

    /* Takes in an entry that is ready, and what waited for it, or refuses it and what waited for it. */
    private void takeIn(SignedEntry ready, List<SignedEntry> delivered, List<Alert> alerts) {
        ArrayDeque<SignedEntry> next = new ArrayDeque<>();
        next.add(ready);
        for (SignedEntry entry = next.poll(); entry != null; entry = next.poll()) {
            String cause = missingCause(entry);
            if (cause != null && !refused.contains(cause)) {
                waiting.waitFor(entry, cause);
                continue;
            }
            waiting.remove(entry.digest());
            Alert alert = cause != null ? alert(Kind.REFUSED_CAUSE, entry, "its cause " + cause + " was refused")
                    : merge(entry);
            if (alert == null) {
                delivered.add(entry);
            } else {
                alerts.add(alert);
                refuse(entry);
            }
            next.addAll(waiting.takeWaitingFor(entry.digest()));
        }
    }

    private void refuse(SignedEntry entry) {
        refused.add(entry.digest());
        // So that entries that nobody can take in leave nothing behind.
        Map<Integer, SignedHeader> places = claims.get(entry.header().author());
        if (places != null) {
            places.remove(entry.header().first(), entry.signed());
        }
        if (refused.size() > limits.maxRefused()) {
            refused.remove(refused.iterator().next());
        }
    }

    private @Nullable Alert merge(SignedEntry entry) {
        EntryHeader header = entry.header();
        String previous = header.previous();
        Node before = previous == null ? null : graph.find(previous);
        if (before != null && (!before.header.author().equals(header.author())
                || before.header.end() != header.first())) {
            return alert(Kind.BROKEN_CHAIN, entry,
                    "it goes on from event " + header.first() + ", the entry before ends "
                            + "at " + before.header.end() + " of " + before.header.author());
        }
        SignedDocument.Stretch stretch = stretch(header, entry.digest(), entry.content());
        try {
            document.merge(stretch);
        } catch (ProtocolException e) {
            return alert(Kind.BAD_CONTENT, entry, String.valueOf(e.getMessage()));
        }
        add(header, entry.digest(), stretch).signed = entry;
        return null;
    }

    /* How the event graph is to know an entry, see above. */
    private SignedDocument.Stretch stretch(EntryHeader header, String digest, JsonValue content) {
        List<EventId> parents = new ArrayList<>();
        for (String parent : header.parents()) {
            Node node = graph.find(parent);
            if (node != null) {
                parents.add(node.last);
            }
        }
        EventId first = new EventId(header.author(), header.first());
        if (proofs.containsKey(header.author())) {
            // So many digits that names of one author are in the order of their numbers.
            String number = Integer.toHexString(header.first());
            first = new EventId(header.author() + "~" + "00000000".substring(number.length()) + number + "~" + digest,
                    0);
        }
        return new SignedDocument.Stretch(first, parents, header.events(), content);
    }

    /* Remembers what was signed for a place. Returns a proof when something else was, too. */
    private @Nullable EquivocationProof claim(SignedHeader signed) {
        EntryHeader header = signed.header();
        Map<Integer, SignedHeader> places = claims.computeIfAbsent(header.author(), author -> new HashMap<>());
        SignedHeader before = places.putIfAbsent(header.first(), signed);
        if (before == null) {
            return null;
        }
        EquivocationProof proof = EquivocationProof.of(before, signed, hashing);
        if (proof != null) {
            places.put(header.first(), proof.one());
            prove(proof);
        }
        return proof;
    }

    private void prove(EquivocationProof proof) {
        EquivocationProof before = proofs.get(proof.author());
        proofs.put(proof.author(), before == null ? proof : proof.earlier(before, hashing));
        if (before == null) {
            readAnew();
        }
    }

    private void readAnew() {
        SignedDocument empty = document.empty();
        List<Node> nodes = graph.log();
        ends.clear();
        for (Node node : nodes) {
            SignedDocument.Stretch stretch = stretch(node.header, node.digest, node.stretch.content());
            node.last = new EventId(stretch.first().agent(), stretch.first().sequence() + stretch.events() - 1);
            ends.put(node.last, node);
            try {
                empty.merge(stretch);
            } catch (ProtocolException e) {
                throw new IllegalStateException("entry " + node.digest + " went in once, and not again: "
                        + e.getMessage(), e);
            }
        }
        document = empty;
    }

    /**
     * Takes in a proof that somebody sent.
     *
     * @param outcome hears whether it is one; a failure means that this could not be found out
     */
    public void accept(EquivocationProof proof, Outcome<Boolean> outcome) {
        seal();
        if (proof.equals(proofs.get(proof.author()))) {
            outcome.succeeded(true);
            return;
        }
        if (!proof.one().header().document().equals(name)) {
            outcome.succeeded(false);
            return;
        }
        proof.verify(verifier, hashing, new Outcome<>() {
            @Override
            public void succeeded(Boolean valid) {
                if (valid) {
                    seal();
                    prove(proof);
                }
                outcome.succeeded(valid);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }
}
