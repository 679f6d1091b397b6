package dev.thalweg.driver;

import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;

/**
 * How to connect.
 *
 * @param client       who asks
 * @param mode         reading or writing
 * @param refreshToken whether the token used last was refused and a new one must be asked for
 */
public record ConnectionRequest(Client client, ConnectionMode mode, boolean refreshToken) {}
