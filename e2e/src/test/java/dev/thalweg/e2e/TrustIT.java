package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.thalweg.byzantine.ByzantineLimits;
import dev.thalweg.byzantine.Delivery;
import dev.thalweg.byzantine.EntryJson;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.byzantine.SignedHeader;
import dev.thalweg.byzantine.SignedReplica;
import dev.thalweg.byzantine.SignedText;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.signing.JvmSignatures;
import dev.thalweg.jvm.signing.JvmSigner;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM signs the browser believes, and the other way round; and neither believes what was tampered with. */
class TrustIT {
    @RegisterExtension
    final Stage stage = new Stage();

    private static <T> Outcome<T> into(List<T> list) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                list.add(value);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        };
    }

    private static SignedReplica replica(JvmSigner signer) {
        return new SignedReplica("doc", signer, JvmSignatures.VERIFIER, JvmSignatures.HASHING,
                new SignedText(SignedReplica.agent(signer)), ByzantineLimits.DEFAULT);
    }

    private static SignedText text(SignedReplica replica) {
        return (SignedText) replica.document();
    }

    private static SignedEntry type(SignedReplica replica, String inserted) {
        text(replica).text().insert(0, inserted);
        List<List<SignedEntry>> entries = new ArrayList<>();
        replica.commit(into(entries));
        return entries.get(0).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "wasm"})
    void jvmAndBrowserBelieveEachOther(String target) throws Exception {
        SignedReplica here = replica(JvmSigner.generate());
        JvmSigner mallory = JvmSigner.generate();
        SignedEntry honest = type(here, "honest ");
        SignedEntry one = type(replica(mallory), "one story ");
        SignedEntry other = type(replica(mallory), "another ");
        SignedEntry forged = new SignedEntry(new SignedHeader(honest.header(), one.signed().signature()),
                honest.digest(), honest.content());
        SignedEntry changed = new SignedEntry(honest.signed(), honest.digest(), one.content());
        List<Delivery> deliveries = new ArrayList<>();
        here.deliver(one, into(deliveries));
        here.deliver(other, into(deliveries));
        List<JsonValue> entries = new ArrayList<>();
        for (SignedEntry entry : List.of(forged, changed, other, honest, one, one)) {
            entries.add(EntryJson.write(entry));
        }
        try (Program program = stage.program("conformance/conformance", target)) {
            Page page = program.page();
            Object said = page.evaluate("""
                    async ({ path, target, entries }) => {
                      const load = async () => {
                        if (target === "js") return import(path + ".js");
                        const runtime = await import(path + ".wasm-runtime.js");
                        return (await runtime.load(path + ".wasm")).exports;
                      };
                      const exports = await load();
                      for (let waited = 0; waited < 300; waited++) {
                        const verdict = exports.trust(entries);
                        if (verdict !== "") return verdict;
                        await new Promise(wake => setTimeout(wake, 100));
                      }
                      return "nothing came";
                    }""", Map.of("path", program.path(), "target", target, "entries",
                    new JsonArray(entries).toJson()));
            assertThat((String) said).startsWith("{");
            JsonObject verdict = (JsonObject) JsonValue.parse((String) said);
            assertThat(verdict.require("verdicts").toJson()).isEqualTo(
                    "[\"INVALID_SIGNATURE\",\"HASH_MISMATCH\",\"ACCEPTED\",\"ACCEPTED\",\"EQUIVOCATION\",\"KNOWN\"]");
            assertThat(verdict.string("text")).isEqualTo(text(here).text().text());
            assertThat(verdict.integer("proofs", 0, 9)).isEqualTo(here.proofs().size());
            deliveries.clear();
            here.deliver(EntryJson.readEntry(verdict.object("own")), into(deliveries));
            assertThat(deliveries.get(0).status()).isEqualTo(Delivery.Status.ACCEPTED);
            assertThat(text(here).text().text()).isEqualTo(verdict.string("text") + ".");
        }
    }
}
