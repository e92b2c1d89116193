package dev.portcullis.manifests;

/**
 * Something that a person should know about a manifest although it changes no verdict.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 * @param message one sentence without a final period, without file and position
 */
public record ManifestNote(int line, int column, String message) {}
