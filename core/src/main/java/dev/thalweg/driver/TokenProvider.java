package dev.thalweg.driver;

import dev.thalweg.platform.Outcome;

/** Where a client gets the tokens that it shows to a service, an application's own server for example. */
@FunctionalInterface
public interface TokenProvider {
    /**
     * Gets a token. It is kept and used until it is about to expire or the service refuses it.
     *
     * @param request what it is for
     * @param outcome gives the JWT
     */
    void token(Request request, Outcome<String> outcome);

    /**
     * What a token is for.
     *
     * @param tenantId   the tenant
     * @param documentId the document, empty when it is still to be created
     * @param refresh    whether the token given last must not be given again
     */
    record Request(String tenantId, String documentId, boolean refresh) {}
}
