package dev.thalweg.server.session;

import dev.thalweg.protocol.Client;

/**
 * A connection that a document has taken in.
 *
 * @param clientId  its id, fresh for every connection
 * @param client    who is behind it, in the mode and with the scopes that were granted
 * @param peer      where to reach it
 */
record Member(String clientId, Client client, Peer peer) {}
