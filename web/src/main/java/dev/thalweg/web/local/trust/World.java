package dev.thalweg.web.local.trust;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.byzantine.Alert;
import dev.thalweg.byzantine.ByzantineLimits;
import dev.thalweg.byzantine.Delivery;
import dev.thalweg.byzantine.EntryHeader;
import dev.thalweg.byzantine.EntryJson;
import dev.thalweg.byzantine.EquivocationProof;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.byzantine.SignedReplica;
import dev.thalweg.byzantine.SignedText;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Three honest replicas of one text, and Mallory. An honest replica passes on what it takes in, entries and proofs, to the
 * two others. What it refuses stays with it.
 */
final class World {
    static final int HONEST = 3;
    static final String DOCUMENT = "levee log";
    /** Small, so that a reader sees them reached. */
    static final ByzantineLimits LIMITS = new ByzantineLimits(400, 4, 1200, 8, 50);

    private static final int FLOOD = 12;
    private static final int OLD = 3;
    private static final int VERDICTS = 40;

    private final Keys keys;
    private final Runnable changed;
    private final Steps steps = new Steps(this::trouble, this::idle);
    private final ArrayDeque<Runnable> acts = new ArrayDeque<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Mallory mallory;
    private final List<SignedEntry> withheld = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private int act;
    private String label = "";
    private String trouble = "";

    /** An honest replica and what it was told. */
    private static final class Peer {
        final SignedReplica replica;
        final Set<String> held = new HashSet<>();
        final List<SignedEntry> made = new ArrayList<>();
        final List<SignedEntry> waiting = new ArrayList<>();

        Peer(SignedReplica replica) {
            this.replica = replica;
        }
    }

    private World(Keys keys, List<Signer> signers, Runnable changed) {
        this.keys = keys;
        this.changed = changed;
        for (int i = 0; i < HONEST; i++) {
            peers.add(new Peer(replica(signers.get(i))));
        }
        mallory = new Mallory(steps, signers.get(HONEST), keys.hashing(), this::replica);
    }

    /**
     * Makes keys for all, and then a world in which everybody has written something.
     *
     * @param changed hears when something is over, from then on
     * @param failed  hears why there are no keys
     */
    static void make(Keys keys, Runnable changed, Consumer<World> made, Consumer<String> failed) {
        List<Signer> signers = new ArrayList<>();
        Steps making = new Steps(failed, () -> {});
        for (int i = 0; i <= HONEST; i++) {
            making.then(done -> keys.make(making.using(signers::add, done)));
        }
        making.thenDo(() -> {
            if (signers.size() > HONEST) {
                World world = new World(keys, signers, changed);
                made.accept(world);
                for (int i = 0; i < HONEST; i++) {
                    world.write(i);
                }
                world.act(Deed.WRITE);
            }
        });
    }

    private SignedReplica replica(Signer signer) {
        return new SignedReplica(DOCUMENT, signer, keys.verifier(), keys.hashing(),
                new SignedText(SignedReplica.agent(signer)), LIMITS);
    }

    static TextDocument text(SignedReplica replica) {
        if (replica.document() instanceof SignedText signed) {
            return signed.text();
        }
        throw new IllegalStateException("the document is no text");
    }

    SignedReplica replica(int index) {
        return peers.get(index).replica;
    }

    String text(int index) {
        return text(replica(index)).text();
    }

    /** What waits at a replica for its causes, in the order in which it came. */
    List<SignedEntry> waiting(int index) {
        return peers.get(index).waiting;
    }

    static String name(int index) {
        return String.valueOf((char) ('A' + index));
    }

    /** Its name in the page, and what its words begin with. */
    static String id(int index) {
        return String.valueOf((char) ('a' + index));
    }

    /** The number of the peer with a key, {@value #HONEST} for Mallory. */
    int author(String key) {
        for (int i = 0; i < HONEST; i++) {
            if (replica(i).document().agent().equals(key)) {
                return i;
            }
        }
        return HONEST;
    }

    /** What the peer with a key is called here. */
    String name(String key) {
        int author = author(key);
        return author < HONEST ? name(author) : key.equals(mallory.key()) ? "Mallory" : "somebody else";
    }

    /** The name of the entry with a header. */
    String digest(EntryHeader header) {
        return header.digest(keys.hashing());
    }

    /** What a header says of content. */
    String digest(JsonValue content) {
        return Hex.encode(keys.hashing().sha256(Utf8.encode(CanonicalJson.of(content))));
    }

    /** Whether all honest replicas have an entry. */
    boolean isShared(String digest) {
        boolean shared = true;
        for (Peer peer : peers) {
            shared &= peer.held.contains(digest);
        }
        return shared;
    }

    /** Stands for all that a replica knows: its text, its entries and its proofs. */
    String digest(int index) {
        List<JsonValue> known = new ArrayList<>();
        known.add(JsonValue.of(text(index)));
        for (String tip : replica(index).tips()) {
            known.add(JsonValue.of(tip));
        }
        for (EquivocationProof proof : replica(index).proofs()) {
            known.add(EntryJson.write(proof));
        }
        return digest(new JsonArray(known));
    }

    /** Whether all honest replicas know the same. */
    boolean isAlike() {
        String first = digest(0);
        return first.equals(digest(1)) && first.equals(digest(2));
    }

    /** What became of what was not simply taken in, the latest act first. */
    List<Verdict> verdicts() {
        return verdicts;
    }

    /** Entries that Mallory has and others do not. */
    int withheld() {
        return withheld.size();
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return steps.isIdle() && acts.isEmpty();
    }

    /** What went wrong with the machinery, and not with an entry; empty as long as nothing did. */
    String trouble() {
        return trouble;
    }

    private void trouble(String message) {
        trouble = message;
    }

    private void idle() {
        Runnable next = acts.poll();
        if (next == null) {
            changed.run();
        } else {
            next.run();
        }
    }

    private void begin(String what, Runnable doing) {
        acts.add(() -> steps.thenDo(() -> {
            act++;
            label = what;
            doing.run();
        }));
        if (steps.isIdle()) {
            idle();
        }
    }

    /** Has an honest replica write a word. */
    void write(int index) {
        begin(name(index) + " writes", () -> write(index, entry -> {
            for (int to = 0; to < HONEST; to++) {
                if (to != index) {
                    deliver(to, entry, false);
                }
            }
        }));
    }

    private void write(int index, Consumer<SignedEntry> use) {
        Peer peer = peers.get(index);
        steps.then(done -> {
            TextDocument text = text(peer.replica);
            text.insert(text.length(), id(index) + (peer.made.size() + 1) + " ");
            peer.replica.commit(steps.using(entries -> {
                for (SignedEntry entry : entries) {
                    peer.held.add(entry.digest());
                    peer.made.add(entry);
                    mallory.hear(entry);
                    use.accept(entry);
                }
            }, done));
        });
    }

    /** Has Mallory do something. */
    void act(Deed deed) {
        begin(deed.label(), () -> perform(deed));
    }

    private void perform(Deed deed) {
        switch (deed) {
            case WRITE -> {
                release();
                mallory.write(this::tellAll);
            }
            case CHANGE -> write(0, entry -> {
                deliver(2, mallory.changed(entry), true);
                deliver(1, entry, false);
            });
            case REHASH -> write(0, entry -> {
                deliver(2, mallory.rehashed(entry), true);
                deliver(1, entry, false);
            });
            case IMPERSONATE -> mallory.impersonate(replica(0).document().agent(), lastOfA(), this::tellAll);
            case BORROW -> mallory.borrow(lastOfA(), this::tellAll);
            case TRANSPLANT -> mallory.transplant(this::tellAll);
            case NONSENSE -> {
                release();
                mallory.nonsense(this::tellAll);
            }
            case EQUIVOCATE -> {
                release();
                mallory.writeTwice(entry -> deliver(0, entry, true), entry -> deliver(1, entry, true));
            }
            case REPLAY -> {
                List<SignedEntry> all = replica(0).entries();
                for (SignedEntry entry : all.subList(Math.max(0, all.size() - OLD), all.size())) {
                    tellAll(entry);
                }
            }
            case WITHHOLD -> {
                if (withheld.isEmpty()) {
                    mallory.write(withheld::add);
                }
                mallory.write(this::tellAll);
            }
            case RELEASE -> release();
            case FLOOD -> {
                for (int i = 0; i < FLOOD; i++) {
                    mallory.flood(i == 0, this::tellAll);
                }
            }
        }
    }

    private SignedEntry lastOfA() {
        List<SignedEntry> made = peers.get(0).made;
        return made.get(made.size() - 1);
    }

    /* Everything of hers that somebody lacks, in order; what had no room to wait is among it. */
    private void release() {
        withheld.clear();
        for (SignedEntry entry : mallory.made()) {
            for (int to = 0; to < HONEST; to++) {
                deliver(to, entry, false);
            }
        }
    }

    private void tellAll(SignedEntry entry) {
        for (int to = 0; to < HONEST; to++) {
            deliver(to, entry, true);
        }
    }

    /* Unless it is to be sent again, nobody is sent what it has. */
    private void deliver(int to, SignedEntry entry, boolean again) {
        Peer peer = peers.get(to);
        steps.then(done -> {
            if (!again && peer.held.contains(entry.digest())) {
                done.run();
            } else {
                peer.replica.deliver(entry, steps.using(delivery -> heard(to, entry, delivery), done));
            }
        });
    }

    private void heard(int at, SignedEntry entry, Delivery delivery) {
        Peer peer = peers.get(at);
        for (Alert alert : delivery.alerts()) {
            boolean holds = entry.digest().equals(digest(entry.header()));
            Check check = Check.of(alert.kind(), holds);
            say(at, check == Check.EQUIVOCATION ? Verdict.End.FOUND_OUT : Verdict.End.REFUSED, check, alert.detail(),
                    entry);
        }
        switch (delivery.status()) {
            case BUFFERED -> {
                peer.waiting.add(entry);
                say(at, Verdict.End.WAITS, null, "what it goes on from is not here", entry);
            }
            case KNOWN -> say(at, Verdict.End.KNOWN, null, "it is here already", entry);
            case ACCEPTED, REJECTED -> {}
        }
        for (SignedEntry taken : delivery.delivered()) {
            peer.held.add(taken.digest());
            peer.waiting.removeIf(waiting -> waiting.digest().equals(taken.digest()));
        }
        passOn(at, delivery);
    }

    private void passOn(int from, Delivery delivery) {
        EquivocationProof proof = delivery.proof();
        for (int to = 0; to < HONEST; to++) {
            if (to != from) {
                for (SignedEntry entry : delivery.delivered()) {
                    deliver(to, entry, false);
                }
                if (proof != null) {
                    SignedReplica other = replica(to);
                    steps.then(done -> other.accept(proof, steps.using(valid -> {}, done)));
                }
            }
        }
    }

    private void say(int at, Verdict.End end, @Nullable Check check, String detail, SignedEntry entry) {
        for (Verdict verdict : verdicts) {
            if (verdict.isLike(act, end, check)) {
                verdict.at(name(at));
                return;
            }
        }
        Verdict verdict = new Verdict(act, label, end, check, detail, entry);
        verdict.at(name(at));
        verdicts.add(0, verdict);
        if (verdicts.size() > VERDICTS) {
            verdicts.remove(verdicts.size() - 1);
        }
    }

    /**
     * Shows a proof to a replica that knows nothing and nobody.
     *
     * @param json the proof, as {@link EntryJson} writes it; a reader may have changed it
     * @param said hears what the replica makes of it, and whether it believes it
     */
    void verify(String json, Told said) {
        EquivocationProof proof;
        try {
            proof = EntryJson.readProof(JsonValue.parse(json));
        } catch (ProtocolException e) {
            said.tell(false, "This is no proof: " + e.getMessage());
            return;
        }
        steps.then(done -> keys.make(steps.using(signer -> {
            SignedReplica fresh = replica(signer);
            steps.then(ended -> fresh.accept(proof, steps.using(valid -> {
                boolean kept = valid && !fresh.proofs().isEmpty();
                said.tell(kept, kept
                        ? "A replica with a new key, which has heard of nobody, believes it: " + name(proof.author())
                                + " signed two entries from event " + proof.one().header().first() + " on."
                        : "A replica with a new key does not believe it: the two were not signed by one author for one "
                                + "place.");
            }, ended)));
        }, done)));
    }

    /** Hears what becomes of a proof. */
    @FunctionalInterface
    interface Told {
        void tell(boolean believed, String said);
    }

    /** A proof as a reader may read it. */
    static JsonObject json(EquivocationProof proof) {
        return EntryJson.write(proof);
    }
}
