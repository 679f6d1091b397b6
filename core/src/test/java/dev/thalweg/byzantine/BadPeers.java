package dev.thalweg.byzantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random run of honest replicas and peers who forge, tamper, replay, write nonsense and tell different peers different
 * things. Whatever they do, honest replicas that have talked to each other end with the same.
 */
final class BadPeers {
    private final Random random;
    private final PaperKeys keys;
    private final boolean text;
    private final List<SignedReplica> honest = new ArrayList<>();
    private final List<Signer> bad = new ArrayList<>();
    /* Each bad peer leads several lives under one key. */
    private final List<SignedReplica> lives = new ArrayList<>();
    private final List<SignedEntry> sent = new ArrayList<>();
    private final List<EquivocationProof> shown = new ArrayList<>();
    private final Set<String> honestlyMade = new HashSet<>();

    BadPeers(long seed) {
        random = new Random(seed);
        keys = new PaperKeys(random);
        text = random.nextBoolean();
    }

    private SignedReplica replica(Signer signer) {
        String agent = SignedReplica.agent(signer);
        ByzantineLimits limits = new ByzantineLimits(4000, 20, 8000, 20, 30);
        return new SignedReplica("doc", signer, keys.verifier(), Hashing.CORE,
                text ? new SignedText(agent) : new SignedTables(agent), limits);
    }

    private void edit(SignedReplica replica) {
        switch (replica.document()) {
            case SignedText signed -> {
                int length = signed.text().length();
                if (length > 0 && random.nextInt(3) == 0) {
                    signed.text().delete(random.nextInt(length), 1);
                } else {
                    signed.text().insert(random.nextInt(length + 1), "" + (char) ('a' + random.nextInt(26)));
                }
            }
            case SignedTables signed -> {
                String row = "r" + random.nextInt(3);
                if (signed.tables().row("t", row) == null) {
                    signed.tables().insert("t", row, JsonObject.of("c", JsonValue.of(random.nextInt(100))));
                } else if (random.nextInt(3) == 0) {
                    signed.tables().delete("t", row);
                } else {
                    signed.tables().update("t", row, "c" + random.nextInt(2), JsonValue.of(random.nextInt(100)));
                }
            }
            default -> throw new AssertionError();
        }
    }

    private static String contents(SignedReplica replica) {
        return switch (replica.document()) {
            case SignedText signed -> signed.text().text();
            case SignedTables signed -> JsonObject.of(signed.tables().rows("t")).toJson();
            default -> throw new AssertionError();
        };
    }

    private List<SignedEntry> commit(SignedReplica replica) {
        Answer<List<SignedEntry>> kept = new Answer<>();
        replica.commit(kept);
        return kept.get();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void deliver(SignedReplica to, SignedEntry entry) {
        to.deliver(entry, Outcome.ignored());
    }

    private String anyDigest() {
        return !sent.isEmpty() && random.nextInt(3) > 0 ? any(sent).digest()
                : Hex.encode(Sha256.digest(Utf8.encode("x" + random.nextInt(5))));
    }

    private SignedEntry signed(Signer signer, EntryHeader header, JsonValue content) {
        Answer<byte[]> signature = new Answer<>();
        signer.sign(header.bytes(), signature);
        return new SignedEntry(new SignedHeader(header, Hex.encode(signature.get())), header.digest(Hashing.CORE),
                content);
    }

    private JsonValue anyContent() {
        return switch (random.nextInt(6)) {
            case 0 -> JsonValue.of("nonsense");
            case 1 -> JsonArray.of(JsonArray.of(JsonValue.of(1_000_000), JsonValue.of("x")));
            case 2 -> JsonArray.of(JsonArray.of(JsonValue.of(0), JsonValue.of(3)));
            case 3 -> JsonArray.of(JsonArray.of(JsonValue.of(0), JsonValue.of("\ud800")));
            case 4 -> JsonArray.of(JsonObject.builder().put("type", "update").put("tbl", "t").put("row_id", "r0")
                    .put("col", "c").put("value", 7).build());
            default -> JsonArray.of(JsonArray.of(JsonValue.of(0), JsonValue.of("x")));
        };
    }

    /* A header by a bad peer, or as if by somebody, that may not make any sense. */
    private EntryHeader anyHeader(String author, JsonValue content) {
        int first = random.nextInt(4);
        TreeSet<String> parents = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parents.add(anyDigest());
        }
        return new EntryHeader(random.nextInt(8) == 0 ? "other" : "doc", author, first, 1 + random.nextInt(3) / 2,
                first == 0 ? null : anyDigest(), new ArrayList<>(parents),
                random.nextInt(8) == 0 ? anyDigest() : SignedEntry.digest(content, Hashing.CORE));
    }

    private void misbehave() {
        Signer signer = any(bad);
        switch (random.nextInt(6)) {
            case 0 -> {
                JsonValue content = anyContent();
                sent.add(signed(signer, anyHeader(SignedReplica.agent(signer), content), content));
            }
            case 1 -> {
                JsonValue content = anyContent();
                String victim = SignedReplica.agent(signer);
                for (SignedReplica replica : honest) {
                    victim = random.nextBoolean() ? replica.document().agent() : victim;
                }
                sent.add(signed(signer, anyHeader(victim, content), content));
            }
            case 2 -> tamper();
            case 3 -> {
                if (sent.size() > 1) {
                    shown.add(new EquivocationProof(any(sent).signed(), any(sent).signed()));
                }
            }
            default -> {
                SignedReplica life = any(lives);
                edit(life);
                if (life.proofs().stream().noneMatch(proof -> proof.author().equals(life.document().agent()))) {
                    sent.addAll(commit(life));
                }
            }
        }
    }

    private void tamper() {
        if (sent.isEmpty()) {
            return;
        }
        SignedEntry entry = any(sent);
        EntryHeader header = entry.header();
        EntryHeader other = new EntryHeader(header.document(), header.author(), header.first(),
                header.events() + random.nextInt(2), header.previous(),
                random.nextBoolean() ? header.parents() : List.of(),
                random.nextBoolean() ? header.content() : SignedEntry.digest(JsonValue.of("x"), Hashing.CORE));
        SignedHeader kept = new SignedHeader(other, entry.signed().signature());
        sent.add(new SignedEntry(kept, random.nextBoolean() ? entry.digest() : other.digest(Hashing.CORE),
                random.nextBoolean() ? entry.content() : JsonValue.of("x")));
    }

    private void step() {
        switch (random.nextInt(6)) {
            case 0 -> {
                SignedReplica replica = any(honest);
                edit(replica);
                if (random.nextBoolean()) {
                    for (SignedEntry entry : commit(replica)) {
                        honestlyMade.add(entry.digest());
                        sent.add(entry);
                    }
                }
            }
            case 1 -> misbehave();
            case 2 -> keys.finishOne();
            case 3 -> {
                if (!shown.isEmpty() || honest.get(0).proofs().isEmpty()) {
                    for (EquivocationProof proof : shown) {
                        any(honest).accept(proof, Outcome.ignored());
                    }
                    shown.clear();
                }
            }
            default -> {
                if (!sent.isEmpty()) {
                    deliver(random.nextInt(4) == 0 ? any(lives) : any(honest), any(sent));
                }
            }
        }
    }

    /* Everybody asks everybody, in portions, until there is nothing new. */
    private void talk(List<SignedReplica> all) {
        for (boolean news = true; news;) {
            news = false;
            for (SignedReplica to : all) {
                for (SignedReplica from : all) {
                    for (EquivocationProof proof : from.proofs()) {
                        to.accept(proof, Outcome.ignored());
                    }
                    List<SignedEntry> lacking = from.since(to.tips(), 5);
                    for (SignedEntry entry : lacking) {
                        Answer<Delivery> delivery = new Answer<>();
                        to.deliver(entry, delivery);
                        keys.finish();
                        news |= delivery.get().status() == Delivery.Status.ACCEPTED;
                    }
                }
            }
            keys.finish();
        }
    }

    private static Set<String> digests(SignedReplica replica) {
        Set<String> digests = new TreeSet<>();
        replica.entries().forEach(entry -> digests.add(entry.digest()));
        return digests;
    }

    void run() {
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            honest.add(replica(keys.signer("honest")));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Signer signer = keys.signer("bad");
            bad.add(signer);
            for (int life = 1 + random.nextInt(3); life > 0; life--) {
                lives.add(replica(signer));
            }
        }
        for (int i = 20 + random.nextInt(100); i > 0; i--) {
            step();
        }
        keys.finish();
        for (SignedReplica replica : honest) {
            commit(replica).forEach(entry -> honestlyMade.add(entry.digest()));
        }
        talk(honest);
        check();
    }

    private void check() {
        SignedReplica first = honest.get(0);
        Set<String> names = new HashSet<>();
        honest.forEach(replica -> names.add(replica.document().agent()));
        for (SignedEntry entry : first.entries()) {
            assertTrue(!names.contains(entry.header().author()) || honestlyMade.contains(entry.digest()),
                    "somebody wrote in another's name");
        }
        assertTrue(digests(first).containsAll(honestlyMade), "what an honest peer did is missing");
        for (EquivocationProof proof : first.proofs()) {
            assertFalse(names.contains(proof.author()), "an honest peer is accused");
            Answer<Boolean> valid = new Answer<>();
            proof.verify(keys.verifier(), Hashing.CORE, valid);
            keys.finish();
            assertTrue(valid.get());
        }
        List<SignedEntry> shuffled = new ArrayList<>(first.entries());
        Collections.shuffle(shuffled, random);
        honest.add(newcomer(first, first.entries()));
        honest.add(newcomer(first, shuffled));
        for (SignedReplica replica : honest) {
            assertEquals(digests(first), digests(replica));
            assertEquals(first.proofs(), replica.proofs());
            assertEquals(contents(first), contents(replica));
        }
    }

    /* Somebody who hears it all at once; what does not fit into the buffer comes again. */
    private SignedReplica newcomer(SignedReplica from, List<SignedEntry> entries) {
        SignedReplica newcomer = replica(keys.signer("new"));
        for (int left = -1; left != entries.size() - newcomer.entries().size();) {
            left = entries.size() - newcomer.entries().size();
            for (SignedEntry entry : entries) {
                deliver(newcomer, entry);
                keys.finish();
            }
        }
        for (EquivocationProof proof : from.proofs()) {
            newcomer.accept(proof, Outcome.ignored());
        }
        keys.finish();
        return newcomer;
    }

    int accused() {
        return honest.get(0).proofs().size();
    }
}
