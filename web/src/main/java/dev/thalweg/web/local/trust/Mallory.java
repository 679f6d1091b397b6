package dev.thalweg.web.local.trust;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.byzantine.EntryHeader;
import dev.thalweg.byzantine.Hashing;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.byzantine.SignedHeader;
import dev.thalweg.byzantine.SignedReplica;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A peer that has a key like everybody, and makes with it what no honest peer would. She has a replica of her own in which
 * she writes; of what she tells others it has one story only.
 */
final class Mallory {
    /* Far from every place in a history, so that a forged entry does not claim a place that she needs. */
    private static final int ELSEWHERE = 100_000;

    private final Steps steps;
    private final Signer signer;
    private final Hashing hashing;
    private final Function<Signer, SignedReplica> replicas;
    private final SignedReplica own;
    private final List<SignedEntry> made = new ArrayList<>();
    private int forged;
    private int words;

    /** @param replicas makes an empty replica for a key */
    Mallory(Steps steps, Signer signer, Hashing hashing, Function<Signer, SignedReplica> replicas) {
        this.steps = steps;
        this.signer = signer;
        this.hashing = hashing;
        this.replicas = replicas;
        own = replicas.apply(signer);
    }

    /** What she is called. */
    String key() {
        return SignedReplica.agent(signer);
    }

    /** What she wrote in her own replica, in order. */
    List<SignedEntry> made() {
        return made;
    }

    /** Hears an entry of somebody else. */
    void hear(SignedEntry entry) {
        steps.then(done -> own.deliver(entry, steps.using(delivery -> {}, done)));
    }

    /** Writes a word as everybody does. */
    void write(Consumer<SignedEntry> use) {
        steps.then(done -> commit(own, "m" + ++words, entries -> {
            made.addAll(entries);
            entries.forEach(use);
        }, done));
    }

    /** Writes one thing in her replica and another in a copy of it: two entries for one place in her history. */
    void writeTwice(Consumer<SignedEntry> one, Consumer<SignedEntry> other) {
        SignedReplica copy = replicas.apply(signer);
        List<SignedEntry> twin = new ArrayList<>();
        for (SignedEntry entry : own.entries()) {
            steps.then(done -> copy.deliver(entry, steps.using(delivery -> {}, done)));
        }
        steps.then(done -> commit(copy, "m" + (words + 1) + "?", twin::addAll, done));
        write(one);
        steps.thenDo(() -> twin.forEach(other));
    }

    private void commit(SignedReplica replica, String word, Consumer<List<SignedEntry>> use, Runnable done) {
        World.text(replica).insert(World.text(replica).length(), word + " ");
        replica.commit(steps.using(use, done));
    }

    /** The same header and signature over another content. */
    SignedEntry changed(SignedEntry entry) {
        return new SignedEntry(entry.signed(), entry.digest(), insertion("changed "));
    }

    /** Another content with a header and a digest that fit it, and the signature of what was there before. */
    SignedEntry rehashed(SignedEntry entry) {
        EntryHeader header = entry.header();
        JsonValue content = insertion("changed ");
        EntryHeader other = new EntryHeader(header.document(), header.author(), header.first(), header.events(),
                header.previous(), header.parents(), hash(content));
        return new SignedEntry(new SignedHeader(other, entry.signed().signature()), other.digest(hashing), content);
    }

    /** An entry in somebody's name, signed with her key. */
    void impersonate(String author, SignedEntry last, Consumer<SignedEntry> use) {
        JsonValue content = insertion("not mine ");
        EntryHeader header = new EntryHeader(World.DOCUMENT, author, last.header().end(), 1, last.digest(), List.of(),
                hash(content));
        sign(header, content, use);
    }

    /** An entry of hers that says to go on where somebody else's last one ends. */
    void borrow(SignedEntry last, Consumer<SignedEntry> use) {
        forged++;
        JsonValue content = insertion("x");
        sign(new EntryHeader(World.DOCUMENT, key(), ELSEWHERE + forged, 1, last.digest(), List.of(), hash(content)),
                content, use);
    }

    /** A good entry, of another document. */
    void transplant(Consumer<SignedEntry> use) {
        JsonValue content = insertion("x");
        sign(new EntryHeader("another " + World.DOCUMENT, key(), 0, 1, null, List.of(), hash(content)), content, use);
    }

    /** An entry that inserts where no text is. */
    void nonsense(Consumer<SignedEntry> use) {
        JsonValue content = JsonArray.of(JsonArray.of(JsonValue.of(1_000_000), JsonValue.of("x")));
        @Nullable
        SignedEntry last = made.isEmpty() ? null : made.get(made.size() - 1);
        sign(new EntryHeader(World.DOCUMENT, key(), last == null ? 0 : last.header().end(), 1,
                last == null ? null : last.digest(), List.of(), hash(content)), content, use);
    }

    /** One that is too long, or one that goes on from an entry that there is not. */
    void flood(boolean tooLong, Consumer<SignedEntry> use) {
        forged++;
        JsonValue content = insertion(tooLong ? "flood ".repeat(World.LIMITS.maxContent()) : "flood ");
        String nowhere = Hex.encode(hashing.sha256(Utf8.encode("nowhere " + forged)));
        sign(new EntryHeader(World.DOCUMENT, key(), ELSEWHERE + forged, 1, nowhere, List.of(), hash(content)), content,
                use);
    }

    private void sign(EntryHeader header, JsonValue content, Consumer<SignedEntry> use) {
        steps.then(done -> signer.sign(header.bytes(), steps.using(signature -> use.accept(new SignedEntry(
                new SignedHeader(header, Hex.encode(signature)), header.digest(hashing), content)), done)));
    }

    private static JsonValue insertion(String text) {
        return JsonArray.of(JsonArray.of(JsonValue.of(0), JsonValue.of(text)));
    }

    private String hash(JsonValue content) {
        return Hex.encode(hashing.sha256(Utf8.encode(CanonicalJson.of(content))));
    }
}
