package dev.thalweg.driver;

import dev.thalweg.bytes.Percent;

/**
 * Where an ordering service is, and whose documents are meant. URLs are kept without a slash at the end.
 *
 * @param ordererUrl documents and deltas, for example {@code http://localhost:7070}
 * @param storageUrl summaries, often the same
 * @param socketUrl  the WebSocket's, for example {@code ws://localhost:7070}
 * @param tenant     the tenant's id
 */
public record ServiceEndpoint(String ordererUrl, String storageUrl, String socketUrl, String tenant) {
    /** The tenant that tinylicious serves, and our own service for development. */
    public static final String DEVELOPMENT_TENANT = "tinylicious";

    public ServiceEndpoint {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("tenant must not be empty");
        }
        ordererUrl = trimmed(ordererUrl);
        storageUrl = trimmed(storageUrl);
        socketUrl = trimmed(socketUrl);
    }

    /**
     * A service that has everything under one URL.
     *
     * @param url beginning with {@code http://} or {@code https://}
     */
    public static ServiceEndpoint at(String url, String tenant) {
        if (url.startsWith("http://")) {
            return new ServiceEndpoint(url, url, "ws" + url.substring(4), tenant);
        }
        if (url.startsWith("https://")) {
            return new ServiceEndpoint(url, url, "wss" + url.substring(5), tenant);
        }
        throw new IllegalArgumentException("a service's URL begins with http:// or https://, this is " + url);
    }

    String documents() {
        return ordererUrl + "/documents/" + Percent.encode(tenant);
    }

    String deltas(String documentId, int from, int to) {
        return ordererUrl + "/deltas/" + Percent.encode(tenant) + "/" + Percent.encode(documentId) + "?from=" + from
                + "&to=" + to;
    }

    String repository(String path) {
        return storageUrl + "/repos/" + Percent.encode(tenant) + path;
    }

    String socket(String documentId) {
        return socketUrl + "/socket.io/?documentId=" + Percent.encode(documentId) + "&tenantId="
                + Percent.encode(tenant) + "&EIO=4&transport=websocket";
    }

    private static String trimmed(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
