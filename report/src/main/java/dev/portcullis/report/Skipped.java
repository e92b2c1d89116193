package dev.portcullis.report;

/**
 * Something that was passed over.
 *
 * @param file the file as it was named, {@code -} for standard input
 * @param document the document in the file, from 0
 * @param line the line it starts at, from 1
 * @param reason why
 */
public record Skipped(String file, int document, int line, String reason) {}
