/** The browser target. */
@NullMarked
package dev.thalweg.web;

import org.jspecify.annotations.NullMarked;
