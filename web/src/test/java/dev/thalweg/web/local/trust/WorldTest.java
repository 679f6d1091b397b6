package dev.thalweg.web.local.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.byzantine.Verifier;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.web.local.trust.Verdict.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorldTest {
    /* A hash of a secret and the message, checked by somebody who knows all secrets, and told later. */
    private static final class Paper implements Keys {
        private final Map<String, byte[]> secrets = new HashMap<>();
        private final ArrayDeque<Runnable> late = new ArrayDeque<>();
        private int made;

        private static byte[] signature(byte[] secret, byte[] message) {
            byte[] once = Sha256.hmac(secret, message);
            byte[] all = Arrays.copyOf(once, Verifier.SIGNATURE);
            System.arraycopy(once, 0, all, once.length, once.length);
            return all;
        }

        @Override
        public void make(Outcome<Signer> outcome) {
            byte[] secret = Sha256.digest(Utf8.encode("secret " + ++made));
            byte[] key = Sha256.digest(secret);
            secrets.put(Hex.encode(key), secret);
            late.add(() -> outcome.succeeded(new Signer() {
                @Override
                public byte[] publicKey() {
                    return key;
                }

                @Override
                public void sign(byte[] message, Outcome<byte[]> signed) {
                    late.add(() -> signed.succeeded(signature(secret, message)));
                }
            }));
        }

        @Override
        public Verifier verifier() {
            return (key, message, signature, outcome) -> late.add(() -> {
                byte[] secret = secrets.get(Hex.encode(key));
                outcome.succeeded(secret != null && Arrays.equals(signature(secret, message), signature));
            });
        }

        void settle() {
            for (Runnable next = late.poll(); next != null; next = late.poll()) {
                next.run();
            }
        }
    }

    private final Paper keys = new Paper();
    private final World world = world();

    private World world() {
        List<World> made = new ArrayList<>();
        World.make(keys, () -> {}, made::add, why -> {
            throw new AssertionError(why);
        });
        keys.settle();
        return made.get(0);
    }

    private void act(Deed deed) {
        world.act(deed);
        keys.settle();
        assertThat(world.isIdle()).isTrue();
        assertThat(world.trouble()).isEmpty();
        assertThat(world.isAlike()).as("%s", deed).isTrue();
    }

    private Verdict last() {
        return world.verdicts().get(0);
    }

    private void refused(Deed deed, Check check, String detail, String... replicas) {
        act(deed);
        assertThat(last().label()).isEqualTo(deed.label());
        assertThat(last().end()).isEqualTo(End.REFUSED);
        assertThat(last().check()).isEqualTo(check);
        assertThat(last().detail()).contains(detail);
        assertThat(last().replicas()).containsExactly(replicas);
    }

    @Test
    void everybodyHasWritten() {
        assertThat(world.isIdle()).isTrue();
        assertThat(world.isAlike()).isTrue();
        assertThat(world.verdicts()).isEmpty();
        assertThat(world.text(1)).isEqualTo("a1 b1 c1 m1 ");
        assertThat(world.replica(2).entries()).hasSize(4);
        world.write(1);
        keys.settle();
        assertThat(world.text(0)).isEqualTo("a1 b1 c1 m1 b2 ");
    }

    @Test
    void whatIsForgedIsRefusedByTheCheckMeantForIt() {
        refused(Deed.CHANGE, Check.CONTENT, "the digest of its content is", "C");
        assertThat(world.text(2)).as("the true one came, too").contains("a2 ");
        refused(Deed.REHASH, Check.SIGNATURE, "did not sign", "C");
        refused(Deed.IMPERSONATE, Check.SIGNATURE, "did not sign", "A", "B", "C");
        refused(Deed.BORROW, Check.BINDING, "it goes on from event", "A", "B", "C");
        refused(Deed.TRANSPLANT, Check.DOCUMENT, "another levee log", "A", "B", "C");
        refused(Deed.NONSENSE, Check.SENSE, "", "A", "B", "C");
        refused(Deed.NONSENSE, Check.SIZE, "refused before", "A", "B", "C");
        assertThat(world.text(0)).isEqualTo("a1 b1 c1 m1 a2 a3 ");
        assertThat(world.replica(0).proofs()).isEmpty();
    }

    @Test
    void whoTellsTwoStoriesIsFoundOutByEverybody() {
        act(Deed.EQUIVOCATE);
        assertThat(last().end()).isEqualTo(End.FOUND_OUT);
        assertThat(last().replicas()).containsExactlyInAnyOrder("A", "B", "C");
        assertThat(world.text(2)).contains("m2 ").contains("m2? ");
        for (int i = 0; i < World.HONEST; i++) {
            assertThat(world.replica(i).proofs()).hasSize(1);
        }
        // She may still write, and lie again.
        act(Deed.WRITE);
        assertThat(world.text(0)).contains("m3 ");
        act(Deed.EQUIVOCATE);
        assertThat(world.replica(1).proofs()).hasSize(1);
    }

    @Test
    void aProofConvincesWhoKnowsNobody() {
        act(Deed.EQUIVOCATE);
        String proof = World.json(world.replica(0).proofs().get(0)).toJson();
        assertThat(verify(proof)).isEqualTo("true Mallory signed two entries from event 3 on.");
        assertThat(verify(proof.replace("\"first\":3", "\"first\":4"))).startsWith("false A replica with a new key");
        assertThat(verify("{}")).startsWith("false This is no proof");
        assertThat(verify("nothing")).startsWith("false This is no proof");
    }

    private String verify(String json) {
        List<String> told = new ArrayList<>();
        world.verify(json,
                (believed, said) -> told.add(believed + " " + said.substring(said.indexOf("Mallory signed") < 0
                        ? 0 : said.indexOf("Mallory signed"))));
        keys.settle();
        return told.get(0);
    }

    @Test
    void whatIsKnownIsNotTakenInTwice() {
        String before = world.digest(0);
        act(Deed.REPLAY);
        assertThat(last().end()).isEqualTo(End.KNOWN);
        assertThat(last().count()).isEqualTo(9);
        assertThat(world.digest(0)).isEqualTo(before);
    }

    @Test
    void whatGoesOnFromSomethingUnknownWaitsAndNotForEver() {
        for (int i = 1; i <= 4; i++) {
            act(Deed.WITHHOLD);
            assertThat(last().end()).isEqualTo(End.WAITS);
            assertThat(world.waiting(0)).hasSize(i);
        }
        refused(Deed.WITHHOLD, Check.CAUSES, "the limits are 4", "A", "B", "C");
        assertThat(world.text(0)).isEqualTo("a1 b1 c1 m1 ");
        assertThat(world.withheld()).isEqualTo(1);
        act(Deed.RELEASE);
        assertThat(world.text(0)).isEqualTo("a1 b1 c1 m1 m2 m3 m4 m5 m6 m7 ");
        assertThat(world.waiting(0)).isEmpty();
        assertThat(world.withheld()).isZero();
    }

    @Test
    void aFloodFillsNothingButItsAuthorsOwnRoom() {
        act(Deed.FLOOD);
        assertThat(world.verdicts()).extracting(Verdict::check).containsExactly(Check.CAUSES, null, Check.SIZE);
        assertThat(world.verdicts()).extracting(Verdict::count).containsExactly(3 * 7, 3 * 4, 3);
        world.write(0);
        act(Deed.WRITE);
        assertThat(world.text(2)).isEqualTo("a1 b1 c1 m1 a2 m2 ");
        refused(Deed.WITHHOLD, Check.CAUSES, "4 entries of this peer", "A", "B", "C");
    }

    /** Whatever she does, in any order, with honest peers writing meanwhile. */
    @Test
    void honestReplicasAreAlikeWhateverSheDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 150; i++) {
            world.act(Deed.values()[random.nextInt(Deed.values().length)]);
            if (random.nextBoolean()) {
                world.write(random.nextInt(World.HONEST));
            }
            keys.settle();
            assertThat(world.isAlike()).as("after act %s", i).isTrue();
            assertThat(world.trouble()).isEmpty();
        }
        for (int i = 0; i < World.HONEST; i++) {
            assertThat(world.text(2)).contains("c1 ").doesNotContain("mine").doesNotContain("changed");
            assertThat(world.replica(i).proofs()).hasSize(1);
            assertThat(world.name(world.replica(i).proofs().get(0).author())).isEqualTo("Mallory");
        }
    }

    @Test
    void saysWhenThereAreNoKeys() {
        List<String> said = new ArrayList<>();
        World.make(new Keys() {
            @Override
            public void make(Outcome<Signer> outcome) {
                outcome.failed(Failure.permanent(0, "there is no WebCrypto here"));
            }

            @Override
            public Verifier verifier() {
                return keys.verifier();
            }
        }, () -> {}, made -> said.add("made"), said::add);
        assertThat(said).containsOnly("there is no WebCrypto here");
    }
}
