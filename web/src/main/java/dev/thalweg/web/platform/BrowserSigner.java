package dev.thalweg.web.platform;

import dev.thalweg.bytes.Hex;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.byzantine.Verifier;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * A key pair of WebCrypto that signs with Ed25519. The private key cannot be read, not even by the page. WebCrypto is there on
 * pages that come over HTTPS or from the same machine, and nowhere else.
 */
public final class BrowserSigner implements Signer {
    /** Checks signatures by WebCrypto. */
    public static final Verifier VERIFIER = (key, message, signature, outcome) -> verify(Hex.encode(key),
            Hex.encode(message), Hex.encode(signature), outcome::succeeded,
            error -> outcome.failed(Failure.permanent(0, "cannot verify: " + error)));

    private final JSObject pair;
    private final byte[] publicKey;

    private BrowserSigner(JSObject pair, byte[] publicKey) {
        this.pair = pair;
        this.publicKey = publicKey;
    }

    /** Makes a new key. */
    public static void generate(Outcome<BrowserSigner> outcome) {
        generate((pair, key) -> outcome.succeeded(new BrowserSigner(pair, bytes(key))),
                error -> outcome.failed(Failure.permanent(0, "cannot make a key: " + error)));
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public void sign(byte[] message, Outcome<byte[]> outcome) {
        sign(pair, Hex.encode(message), signature -> outcome.succeeded(bytes(signature)),
                error -> outcome.failed(Failure.permanent(0, "cannot sign: " + error)));
    }

    private static byte[] bytes(String hex) {
        byte[] bytes = Hex.decode(hex);
        if (bytes == null) {
            throw new IllegalStateException("not hexadecimal: " + hex);
        }
        return bytes;
    }

    @JSFunctor
    private interface Made extends JSObject {
        void accept(JSObject pair, String publicKey);
    }

    @JSFunctor
    private interface Signed extends JSObject {
        void accept(String signature);
    }

    @JSFunctor
    private interface Verified extends JSObject {
        void accept(boolean valid);
    }

    @JSFunctor
    private interface Failed extends JSObject {
        void accept(String error);
    }

    /* Those who wait are called outside the promise, so that what they throw is reported and not taken for a failure. */
    @JSBody(params = {"made", "failed"}, script = """
            if (typeof crypto === 'undefined' || !crypto.subtle) {
              setTimeout(function() { failed('there is no WebCrypto here'); }, 0);
              return;
            }
            crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']).then(function(pair) {
              return crypto.subtle.exportKey('raw', pair.publicKey).then(function(raw) {
                var hex = '';
                new Uint8Array(raw).forEach(function(b) { hex += (b + 256).toString(16).slice(1); });
                setTimeout(function() { made(pair, hex); }, 0);
              });
            }).catch(function(e) {
              setTimeout(function() { failed(String(e && e.message || e)); }, 0);
            });
            """)
    private static native void generate(Made made, Failed failed);

    @JSBody(params = {"pair", "message", "signed", "failed"}, script = """
            var bytes = new Uint8Array(message.length / 2);
            for (var i = 0; i < bytes.length; i++) bytes[i] = parseInt(message.substr(2 * i, 2), 16);
            crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, bytes).then(function(raw) {
              var hex = '';
              new Uint8Array(raw).forEach(function(b) { hex += (b + 256).toString(16).slice(1); });
              setTimeout(function() { signed(hex); }, 0);
            }).catch(function(e) {
              setTimeout(function() { failed(String(e && e.message || e)); }, 0);
            });
            """)
    private static native void sign(JSObject pair, String message, Signed signed, Failed failed);

    /* A key that cannot be read has signed nothing; without WebCrypto nobody knows. */
    @JSBody(params = {"key", "message", "signature", "verified", "failed"}, script = """
            if (typeof crypto === 'undefined' || !crypto.subtle) {
              setTimeout(function() { failed('there is no WebCrypto here'); }, 0);
              return;
            }
            var read = function(hex) {
              var bytes = new Uint8Array(hex.length / 2);
              for (var i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.substr(2 * i, 2), 16);
              return bytes;
            };
            crypto.subtle.importKey('raw', read(key), { name: 'Ed25519' }, false, ['verify']).then(function(k) {
              return crypto.subtle.verify({ name: 'Ed25519' }, k, read(signature), read(message));
            }, function(e) {
              if (e && e.name === 'DataError') return false;
              throw e;
            }).then(function(valid) {
              setTimeout(function() { verified(valid); }, 0);
            }).catch(function(e) {
              setTimeout(function() { failed(String(e && e.message || e)); }, 0);
            });
            """)
    private static native void verify(String key, String message, String signature, Verified verified,
            Failed failed);
}
