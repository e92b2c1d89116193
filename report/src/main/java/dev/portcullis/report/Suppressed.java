package dev.portcullis.report;

/**
 * A violation that its manifest accepts.
 *
 * @param result whose it is
 * @param check the check's id
 * @param line the line of its first place, from 1
 * @param reason the reason that the manifest gives
 */
public record Suppressed(Result result, String check, int line, String reason) {}
