package dev.portcullis.manifests;

/**
 * A document that was not judged, and why.
 *
 * @param document its number in the file, from 0
 * @param line the line where it starts, from 1
 * @param reason one clause without a final period, for a person
 */
public record Skipped(int document, int line, String reason) {}
