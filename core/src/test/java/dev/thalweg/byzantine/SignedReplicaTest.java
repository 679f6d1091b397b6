package dev.thalweg.byzantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.bytes.Hex;
import dev.thalweg.byzantine.Alert.Kind;
import dev.thalweg.byzantine.Delivery.Status;
import dev.thalweg.eventgraph.Expand;
import dev.thalweg.eventgraph.RichText;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedReplicaTest {
    private final PaperKeys keys = new PaperKeys(new Random(1));
    private final Signer alice = keys.signer("alice");
    private final Signer bob = keys.signer("bob");
    private int verified;

    private SignedReplica text(Signer signer, ByzantineLimits limits) {
        Verifier counting = (key, message, signature, outcome) -> {
            verified++;
            keys.verifier().verify(key, message, signature, outcome);
        };
        return new SignedReplica("doc", signer, counting, Hashing.CORE, new SignedText(SignedReplica.agent(signer)),
                limits);
    }

    private SignedReplica text(Signer signer) {
        return text(signer, ByzantineLimits.DEFAULT);
    }

    private static String read(SignedReplica replica) {
        return ((SignedText) replica.document()).text().text();
    }

    private static List<SignedEntry> type(SignedReplica replica, int position, String inserted) {
        ((SignedText) replica.document()).text().insert(position, inserted);
        Answer<List<SignedEntry>> signed = new Answer<>();
        replica.commit(signed);
        return signed.get();
    }

    private Delivery deliver(SignedReplica replica, SignedEntry entry) {
        Answer<Delivery> delivery = new Answer<>();
        replica.deliver(entry, delivery);
        keys.finish();
        return delivery.get();
    }

    private Kind refusal(SignedReplica replica, SignedEntry entry) {
        Delivery delivery = deliver(replica, entry);
        assertEquals(Status.REJECTED, delivery.status());
        assertTrue(delivery.delivered().isEmpty());
        return delivery.alerts().get(0).kind();
    }

    private SignedEntry signed(Signer signer, EntryHeader header, JsonValue content) {
        Answer<byte[]> signature = new Answer<>();
        signer.sign(header.bytes(), signature);
        return new SignedEntry(new SignedHeader(header, Hex.encode(signature.get())), header.digest(Hashing.CORE),
                content);
    }

    private static JsonArray insertion(int position, String text) {
        return JsonArray.of(JsonArray.of(JsonValue.of(position), JsonValue.of(text)));
    }

    /* An entry by alice, or by somebody who says so. */
    private SignedEntry entry(Signer signer, int first, SignedEntry previous, int position, String text) {
        JsonValue content = insertion(position, text);
        return signed(signer, new EntryHeader("doc", SignedReplica.agent(alice), first, text.length(),
                previous == null ? null : previous.digest(), previous == null ? List.of() : List.of(previous.digest()),
                SignedEntry.digest(content, Hashing.CORE)), content);
    }

    @Test
    void whatIsSignedArrives() {
        SignedReplica here = text(alice);
        SignedReplica there = text(bob);
        SignedEntry first = type(here, 0, "river").get(0);
        assertEquals(new Delivery(Status.ACCEPTED, List.of(first), List.of(), null), deliver(there, first));
        SignedEntry second = type(there, 5, "bed").get(0);
        assertEquals(List.of(first.digest()), second.header().parents());
        assertEquals(Status.ACCEPTED, deliver(here, second).status());
        assertEquals("riverbed", read(here));
        assertEquals("riverbed", read(there));
        assertEquals(here.tips(), there.tips());
        int checks = verified;
        assertEquals(Status.KNOWN, deliver(here, second).status());
        assertEquals(Status.KNOWN, deliver(here, first).status());
        assertEquals(checks, verified);
    }

    @Test
    void nothingIsToBeSignedTwice() {
        SignedReplica here = text(alice);
        assertEquals(1, type(here, 0, "a").size());
        Answer<List<SignedEntry>> none = new Answer<>();
        here.commit(none);
        assertEquals(List.of(), none.get());
        SignedEntry next = type(here, 1, "b").get(0);
        assertEquals(1, next.header().first());
        assertEquals(here.entries().get(0).digest(), next.header().previous());
    }

    @Test
    void editsBetweenEntriesOfOthersKeepWhatTheyHadSeen() {
        SignedReplica here = text(alice);
        SignedReplica there = text(bob);
        ((SignedText) here.document()).text().insert(0, "a");
        SignedEntry other = type(there, 0, "b").get(0);
        deliver(here, other);
        List<SignedEntry> entries = type(here, 2, "c");
        assertEquals(2, entries.size());
        assertEquals(List.of(), entries.get(0).header().parents());
        assertEquals(2, entries.get(1).header().parents().size());
        entries.forEach(entry -> deliver(there, entry));
        assertEquals(read(here), read(there));
    }

    @Test
    void marksAreSignedAsTheTextIs() {
        SignedReplica here = text(alice);
        SignedReplica there = text(bob);
        type(here, 0, "river").forEach(entry -> deliver(there, entry));
        RichText rich = rich(here);
        rich.mark(0, 2, "bold", JsonValue.of(true), Expand.AFTER);
        type(here, 2, "X").forEach(entry -> deliver(there, entry));
        assertEquals("riXver", read(there));
        assertEquals(rich.contents(), rich(there).contents());
        assertEquals(2, rich.contents().edits().size());
    }

    private static RichText rich(SignedReplica replica) {
        return new RichText(new TextHistory(((SignedText) replica.document()).text()));
    }

    @Test
    void aFailedSignatureIsMadeLater() {
        boolean[] works = {false};
        Signer moody = new Signer() {
            @Override
            public byte[] publicKey() {
                return alice.publicKey();
            }

            @Override
            public void sign(byte[] message, Outcome<byte[]> outcome) {
                if (works[0]) {
                    alice.sign(message, outcome);
                } else {
                    outcome.failed(Failure.passing(0, "locked"));
                }
            }
        };
        SignedReplica here = text(moody);
        ((SignedText) here.document()).text().insert(0, "x");
        String[] failure = {""};
        here.commit(new Outcome<>() {
            @Override
            public void succeeded(List<SignedEntry> value) {}

            @Override
            public void failed(Failure why) {
                failure[0] = why.message();
            }
        });
        assertEquals("locked", failure[0]);
        assertEquals(List.of(), here.entries());
        works[0] = true;
        assertEquals(2, type(here, 1, "y").stream().mapToInt(entry -> entry.header().events()).sum());
        assertEquals("xy", read(here));
    }

    @Test
    void oneChangedBitAnywhereIsNoticed() {
        SignedEntry entry = type(text(alice), 0, "ab").get(0);
        EntryHeader header = entry.header();
        byte[] bytes = header.bytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Answer<Boolean> valid = new Answer<>();
            keys.verifier().verify(header.key(), changed, Hex.decode(entry.signed().signature()), valid);
            keys.finish();
            assertFalse(valid.get());
        }
        SignedReplica there = text(bob);
        String zeros = "0".repeat(64);
        List<EntryHeader> others = List.of(
                new EntryHeader("doc", header.author(), 0, 3, null, List.of(), header.content()),
                new EntryHeader("doc", header.author(), 0, 2, null, List.of(zeros), header.content()),
                new EntryHeader("doc", header.author(), 1, 2, zeros, List.of(), header.content()),
                new EntryHeader("doc", SignedReplica.agent(bob), 0, 2, null, List.of(), header.content()));
        for (EntryHeader other : others) {
            SignedHeader kept = new SignedHeader(other, entry.signed().signature());
            assertEquals(Kind.HASH_MISMATCH, refusal(there, new SignedEntry(kept, entry.digest(), entry.content())));
            assertEquals(Kind.INVALID_SIGNATURE,
                    refusal(there, new SignedEntry(kept, other.digest(Hashing.CORE), entry.content())));
        }
        assertEquals(Kind.HASH_MISMATCH,
                refusal(there, new SignedEntry(entry.signed(), entry.digest(), insertion(0, "aB"))));
        String signature = entry.signed().signature();
        for (int i = 0; i < signature.length(); i++) {
            String other = signature.substring(0, i) + (signature.charAt(i) == '0' ? '1' : '0')
                    + signature.substring(i + 1);
            assertEquals(Kind.INVALID_SIGNATURE,
                    refusal(there, new SignedEntry(new SignedHeader(header, other), entry.digest(), entry.content())));
        }
        assertEquals("", read(there));
        assertEquals(Status.ACCEPTED, deliver(there, entry).status());
    }

    @Test
    void nobodyWritesInAnothersName() {
        SignedReplica there = text(keys.signer("carol"));
        assertEquals(Kind.INVALID_SIGNATURE, refusal(there, entry(bob, 0, null, 0, "x")));
        EntryHeader elsewhere = new EntryHeader("other", SignedReplica.agent(alice), 0, 1, null, List.of(),
                SignedEntry.digest(insertion(0, "x"), Hashing.CORE));
        int checks = verified;
        assertEquals(Kind.OTHER_DOCUMENT, refusal(there, signed(alice, elsewhere, insertion(0, "x"))));
        assertEquals(checks, verified);
    }

    @Test
    void entriesWaitForTheirCauses() {
        SignedReplica here = text(alice);
        SignedReplica there = text(bob);
        List<SignedEntry> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            entries.addAll(type(here, i, "" + i));
        }
        for (int i = 3; i > 0; i--) {
            assertEquals(Status.BUFFERED, deliver(there, entries.get(i)).status());
            assertEquals(Status.KNOWN, deliver(there, entries.get(i)).status());
        }
        assertEquals(List.of(entries.get(0).digest()), there.missing());
        assertEquals(3, there.waiting());
        assertEquals(entries, deliver(there, entries.get(0)).delivered());
        assertEquals("0123", read(there));
        assertEquals(0, there.waiting());
        assertEquals(List.of(), there.missing());
    }

    @Test
    void whatWaitsIsBoundedForEachPeer() {
        SignedReplica there = text(keys.signer("carol"), new ByzantineLimits(100, 3, 1000, 2, 10));
        SignedEntry nowhere = entry(bob, 0, null, 0, "?");
        for (int i = 1; i <= 3; i++) {
            assertEquals(Status.BUFFERED, deliver(there, entry(alice, i, nowhere, 0, "x")).status());
        }
        assertEquals(Kind.BUFFER_FULL, refusal(there, entry(alice, 4, nowhere, 0, "x")));
        assertEquals(3, there.waiting());
        SignedReplica other = text(bob);
        SignedEntry first = type(other, 0, "1").get(0);
        SignedEntry second = type(other, 1, "2").get(0);
        assertEquals(Status.BUFFERED, deliver(there, second).status());
        SignedReplica third = text(keys.signer("dave"));
        type(third, 0, "1");
        SignedEntry late = type(third, 1, "2").get(0);
        assertEquals(Kind.BUFFER_FULL, refusal(there, late));
        assertEquals(2, deliver(there, first).delivered().size());
        assertEquals(Status.BUFFERED, deliver(there, late).status());
        assertEquals(Kind.TOO_LARGE, refusal(there, entry(alice, 0, null, 0, "x".repeat(200))));
    }

    @Test
    void nonsenseIsRefusedAndSoIsWhatCameOfIt() {
        SignedReplica there = text(bob);
        SignedEntry good = entry(alice, 0, null, 0, "abc");
        SignedEntry beyond = entry(alice, 3, good, 4, "x");
        SignedEntry after = entry(alice, 4, beyond, 0, "y");
        SignedEntry last = entry(alice, 5, after, 0, "z");
        assertEquals(Status.BUFFERED, deliver(there, last).status());
        assertEquals(Status.BUFFERED, deliver(there, after).status());
        assertEquals(Status.ACCEPTED, deliver(there, good).status());
        Delivery delivery = deliver(there, beyond);
        assertEquals(List.of(Kind.BAD_CONTENT, Kind.REFUSED_CAUSE, Kind.REFUSED_CAUSE),
                delivery.alerts().stream().map(Alert::kind).toList());
        assertEquals(Status.REJECTED, delivery.status());
        assertEquals(0, there.waiting());
        assertEquals(Kind.REFUSED_BEFORE, refusal(there, beyond));
        assertEquals("abc", read(there));
        assertEquals(Kind.BROKEN_CHAIN, refusal(there, entry(alice, 7, good, 0, "x")));
        assertEquals(List.of(), there.proofs());
        for (JsonValue content : List.of(JsonValue.of(1), JsonArray.of(JsonValue.of(1)), insertion(0, ""),
                insertion(0, "too long"), insertion(0, "\ud800"), JsonArray.of(JsonArray.of(JsonValue.of(0),
                        JsonValue.of(-1))))) {
            EntryHeader header = new EntryHeader("doc", SignedReplica.agent(alice), 3, 1, good.digest(),
                    List.of(good.digest()), SignedEntry.digest(content, Hashing.CORE));
            assertEquals(Kind.BAD_CONTENT, refusal(there, signed(alice, header, content)));
        }
        assertEquals("abc", read(there));
        assertEquals(Status.ACCEPTED, deliver(there, entry(alice, 3, good, 3, "d")).status());
    }

    @Test
    void bothHistoriesEndInTheSamePlaceInEveryOrder() {
        SignedEntry root = entry(alice, 0, null, 0, "-");
        SignedEntry left = entry(alice, 1, root, 1, "left");
        SignedEntry right = entry(alice, 1, root, 1, "right");
        SignedEntry onLeft = entry(alice, 5, left, 0, "L");
        SignedEntry onRight = entry(alice, 6, right, 0, "R");
        List<SignedEntry> all = List.of(root, left, right, onLeft, onRight);
        Set<String> texts = new HashSet<>();
        Set<EquivocationProof> proofs = new HashSet<>();
        List<List<SignedEntry>> orders = new ArrayList<>();
        permute(new ArrayList<>(all), 0, orders);
        assertEquals(120, orders.size());
        for (List<SignedEntry> order : orders) {
            SignedReplica there = text(bob);
            int alerts = 0;
            for (SignedEntry entry : order) {
                for (Alert alert : deliver(there, entry).alerts()) {
                    assertEquals(Kind.EQUIVOCATION, alert.kind());
                    alerts++;
                }
            }
            assertEquals(1, alerts);
            assertEquals(5, there.entries().size());
            texts.add(read(there));
            proofs.addAll(there.proofs());
        }
        assertEquals(1, texts.size());
        assertEquals(1, proofs.size());
        EquivocationProof proof = proofs.iterator().next();
        assertEquals(SignedReplica.agent(alice), proof.author());
        Answer<Boolean> valid = new Answer<>();
        proof.verify(keys.verifier(), Hashing.CORE, valid);
        keys.finish();
        assertTrue(valid.get());
    }

    private static void permute(List<SignedEntry> entries, int from, List<List<SignedEntry>> out) {
        if (from == entries.size()) {
            out.add(List.copyOf(entries));
        }
        for (int i = from; i < entries.size(); i++) {
            Collections.swap(entries, from, i);
            permute(entries, from + 1, out);
            Collections.swap(entries, from, i);
        }
    }

    @Test
    void anEquivocationIsFoundWhileBothHistoriesStillWait() {
        SignedEntry root = entry(alice, 0, null, 0, "-");
        SignedReplica there = text(bob);
        assertEquals(Status.BUFFERED, deliver(there, entry(alice, 1, root, 1, "a")).status());
        Delivery second = deliver(there, entry(alice, 1, root, 1, "b"));
        assertEquals(Status.BUFFERED, second.status());
        assertNotNull(second.proof());
        assertEquals(3, deliver(there, root).delivered().size());
    }

    @Test
    void proofsTravelAndOthersNeedNoMore() {
        SignedEntry left = entry(alice, 0, null, 0, "left");
        SignedEntry right = entry(alice, 0, null, 0, "right");
        SignedReplica there = text(bob);
        deliver(there, left);
        EquivocationProof proof = deliver(there, right).proof();
        assertNotNull(proof);
        SignedReplica other = text(keys.signer("carol"));
        deliver(other, left);
        Answer<Boolean> taken = new Answer<>();
        other.accept(proof, taken);
        keys.finish();
        assertTrue(taken.get());
        assertEquals(there.proofs(), other.proofs());
        assertEquals("left", read(other));
        for (EquivocationProof wrong : List.of(new EquivocationProof(proof.one(), proof.one()),
                new EquivocationProof(proof.other(), proof.one()),
                new EquivocationProof(proof.one(), entry(bob, 0, null, 0, "forged").signed()))) {
            Answer<Boolean> refused = new Answer<>();
            text(bob).accept(wrong, refused);
            keys.finish();
            assertFalse(refused.get());
        }
    }

    /* An author who denies having seen its own entries: they are at odds with each other, though one after another. */
    @Test
    void aProofMovesNothingThatWasThere() {
        SignedReplica there = text(bob);
        SignedEntry previous = null;
        for (int i = 0; i < 12; i++) {
            JsonValue content = insertion(0, "" + (char) ('a' + i));
            previous = signed(alice, new EntryHeader("doc", SignedReplica.agent(alice), i, 1,
                    previous == null ? null : previous.digest(), List.of(),
                    SignedEntry.digest(content, Hashing.CORE)), content);
            assertEquals(Status.ACCEPTED, deliver(there, previous).status());
        }
        String before = read(there);
        Answer<Boolean> taken = new Answer<>();
        there.accept(EquivocationProof.of(there.entries().get(3).signed(),
                entry(alice, 3, previous, 0, "other").signed(), Hashing.CORE), taken);
        keys.finish();
        assertTrue(taken.get());
        assertEquals(before, read(there));
        assertEquals(12, ((SignedText) there.document()).text().graph().versionVector().size());
    }

    @Test
    void aKeyThatWasUsedInTwoPlacesIsUsedNoMore() {
        SignedReplica one = text(alice);
        SignedReplica two = text(alice);
        SignedEntry first = type(one, 0, "one").get(0);
        SignedEntry second = type(two, 0, "two").get(0);
        assertEquals(Status.ACCEPTED, deliver(one, second).status());
        assertThrows(IllegalStateException.class, () -> type(one, 0, "more"));
        SignedReplica there = text(bob);
        deliver(there, first);
        deliver(there, second);
        assertEquals(6, read(there).length());
    }

    @Test
    void aReplicaGoesOnFromWhatItHadGivenAway() {
        SignedReplica before = text(alice);
        List<SignedEntry> entries = new ArrayList<>(type(before, 0, "ab"));
        entries.addAll(type(before, 2, "cd"));
        SignedReplica after = text(alice);
        entries.forEach(entry -> deliver(after, entry));
        SignedEntry next = type(after, 4, "e").get(0);
        assertEquals(4, next.header().first());
        assertEquals(Status.ACCEPTED, deliver(before, next).status());
        assertEquals("abcde", read(before));
        assertEquals(List.of(), before.proofs());
    }

    @Test
    void whatSomebodyLacksComesInPortions() {
        SignedReplica here = text(alice);
        SignedReplica there = text(bob);
        for (int i = 0; i < 20; i++) {
            type(here, 0, "x");
        }
        int asked = 0;
        for (List<SignedEntry> portion = here.since(there.tips(), 6); !portion.isEmpty(); portion = here
                .since(there.tips(), 6)) {
            portion.forEach(entry -> assertEquals(Status.ACCEPTED, deliver(there, entry).status()));
            type(there, 0, "y");
            asked++;
        }
        assertEquals(4, asked);
        assertEquals(24, read(there).length());
        assertEquals(4, there.since(here.tips(), 100).size());
        assertThrows(IllegalArgumentException.class, () -> here.since(List.of(), 0));
    }

    @Test
    void aLongInsertionIsCutBetweenCharacters() {
        SignedReplica here = text(alice);
        String pairs = "a" + "\ud83c\udf0a".repeat(40_000);
        List<SignedEntry> entries = type(here, 0, pairs);
        assertEquals(3, entries.size());
        SignedReplica there = text(bob);
        entries.forEach(entry -> assertEquals(Status.ACCEPTED, deliver(there, entry).status()));
        assertEquals(pairs, read(there));
    }

    @Test
    void tablesAreSignedToo() {
        SignedReplica here = new SignedReplica("t", alice, keys.verifier(), Hashing.CORE,
                new SignedTables(SignedReplica.agent(alice)), ByzantineLimits.DEFAULT);
        SignedReplica there = new SignedReplica("t", bob, keys.verifier(), Hashing.CORE,
                new SignedTables(SignedReplica.agent(bob)), ByzantineLimits.DEFAULT);
        SignedTables tables = (SignedTables) here.document();
        String value = "v".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            tables.tables().insert("t", "r" + i, JsonObject.of("c", JsonValue.of(value)));
        }
        Answer<List<SignedEntry>> entries = new Answer<>();
        here.commit(entries);
        assertEquals(3, entries.get().size());
        entries.get().forEach(entry -> assertEquals(Status.ACCEPTED, deliver(there, entry).status()));
        assertEquals(tables.tables().rows("t"), ((SignedTables) there.document()).tables().rows("t"));
        assertNull(((SignedTables) there.document()).tables().row("t", "r5"));
    }

    @Test
    void aDocumentIsOfTheKeyThatEditsIt() {
        assertThrows(IllegalArgumentException.class, () -> new SignedReplica("d", alice, keys.verifier(), Hashing.CORE,
                new SignedText("somebody"), ByzantineLimits.DEFAULT));
    }
}
