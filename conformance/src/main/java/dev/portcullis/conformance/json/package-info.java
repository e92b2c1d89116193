/**
 * JSON as a tree that generators build and the shrinker takes apart, and its text as Go writes it.
 */
@NullMarked
package dev.portcullis.conformance.json;

import org.jspecify.annotations.NullMarked;
