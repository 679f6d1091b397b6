package dev.thalweg.server.auth;

import dev.thalweg.bytes.Utf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tenants of a service and the keys that sign their tokens. */
public final class Tenants {
    /** The tenant that Fluid's development client uses, with the key that client knows. */
    public static final String DEVELOPMENT_TENANT = "tinylicious";
    /** See {@link #DEVELOPMENT_TENANT}. */
    public static final String DEVELOPMENT_KEY = "12345";

    /* SHA-256's block is 64 bytes. HMAC fills a shorter key up with zeros, so a filled key signs the same. */
    private static final int FILLED = 64;

    private final Map<String, byte[]> keys;

    private Tenants(Map<String, byte[]> keys) {
        this.keys = keys;
    }

    /** Tenants by id with their keys, which are not empty. */
    public static Tenants of(Map<String, String> keys) {
        Map<String, byte[]> filled = new HashMap<>();
        keys.forEach((tenant, key) -> {
            if (tenant.isEmpty() || key.isEmpty()) {
                throw new IllegalArgumentException("a tenant needs an id and a key, was '" + tenant + "'");
            }
            byte[] bytes = Utf8.encode(key);
            filled.put(tenant, bytes.length >= FILLED ? bytes : Arrays.copyOf(bytes, FILLED));
        });
        return new Tenants(filled);
    }

    /** Only {@value #DEVELOPMENT_TENANT}, whose key everyone knows. */
    public static Tenants development() {
        return of(Map.of(DEVELOPMENT_TENANT, DEVELOPMENT_KEY));
    }

    /** The key of a tenant, filled up to at least 64 bytes, or null when there is no such tenant. */
    byte @Nullable [] key(String tenantId) {
        return keys.get(tenantId);
    }
}
