package dev.portcullis.manifests;

/**
 * A fault that keeps a document from being judged: broken syntax, a wrong type in a pod, a limit.
 *
 * @param document the document's number in the file, from 0
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message one sentence without a final period, without file and position
 */
public record ManifestError(int document, int line, int column, String message) {}
