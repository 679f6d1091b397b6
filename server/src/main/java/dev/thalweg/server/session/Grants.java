package dev.thalweg.server.session;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.ServiceConfiguration;
import dev.thalweg.protocol.TokenClaims;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connection is granted of what it asked for. */
final class Grants {
    private static final int BLOCK_SIZE = ServiceConfiguration.DEFAULT.blockSize();

    private Grants() {}

    /**
     * Who the others see: the user is the token's, never the request's. Whoever may not write reads, even when it asked
     * to write. Only summarizers may write summaries.
     */
    static Client client(ConnectRequest request, TokenClaims claims) {
        Client asked = request.client();
        List<String> scopes = new ArrayList<>(claims.scopes());
        if (!asked.summarizer()) {
            scopes.remove(Scopes.SUMMARY_WRITE);
        }
        ConnectionMode mode = claims.allows(Scopes.WRITE) ? request.mode() : ConnectionMode.READ;
        return new Client(mode, asked.interactive(), asked.type(), asked.environment(), claims.user(), scopes);
    }

    /**
     * What the connection is told. A writer learns where the document stands from its own join; a reader, which has
     * none, from the last message on record.
     */
    static Connected connected(Newcomer newcomer, Member member, List<Connected.Member> others,
            @Nullable String lastMessage, int maxMessageSize, double now) throws ProtocolException {
        boolean reads = member.client().mode() == ConnectionMode.READ;
        List<SequencedMessage> messages = lastMessage == null || !reads
                ? List.of()
                : List.of(SequencedMessage.read(new JsonReader(lastMessage, JsonLimits.DEFAULT)));
        return new Connected(member.clientId(), newcomer.claims(), member.client().mode(), maxMessageSize,
                new ServiceConfiguration(BLOCK_SIZE, maxMessageSize), others, messages, List.of(),
                version(newcomer.request()), newcomer.request().signalsV2(), now);
    }

    /** The first version of the service's that the client speaks too, or null. */
    static @Nullable String commonVersion(ConnectRequest request) {
        for (String version : ConnectRequest.VERSIONS) {
            if (request.versions().contains(version)) {
                return version;
            }
        }
        return null;
    }

    private static String version(ConnectRequest request) {
        String version = commonVersion(request);
        return version == null ? ConnectRequest.VERSIONS.get(0) : version;
    }
}
