/**
 * Who may do what: tenants and their keys, and the tokens that are signed with them.
 */
@NullMarked
package dev.thalweg.server.auth;

import org.jspecify.annotations.NullMarked;
