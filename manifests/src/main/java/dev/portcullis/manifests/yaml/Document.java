package dev.portcullis.manifests.yaml;

/**
 * A document of a source.
 *
 * @param index from 0; comments before the first {@code ---} are no document, but an empty one
 *     between two {@code ---} is
 * @param root its content; an empty document holds a null scalar
 */
public record Document(int index, Node root) {}
