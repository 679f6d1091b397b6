package dev.thalweg.platform;

/**
 * All that a client needs of the machine it runs on.
 *
 * @param timers  the clock
 * @param ids     chance
 * @param sockets WebSockets
 * @param http    HTTP requests
 */
public record Platform(Timers timers, Ids ids, TextSocket.Factory sockets, Http http) {}
