/**
 * YAML and JSON text as a tree that knows where every piece of it stands.
 *
 * <ul>
 *   <li>{@link dev.portcullis.manifests.yaml.SourceText} is a decoded file: its text, its lines,
 *       and the position of any offset.
 *   <li>{@link dev.portcullis.manifests.yaml.DocumentReader} gives the documents of a source, one
 *       {@link dev.portcullis.manifests.yaml.Node} tree each.
 *   <li>{@link dev.portcullis.manifests.yaml.Scalar} values resolve as kubectl resolves them:
 *       {@code yes} is true, {@code 0644} is 420, quoted text never changes.
 *   <li>{@link dev.portcullis.manifests.yaml.YamlToJson} turns YAML into JSON, byte for byte as
 *       {@code sigs.k8s.io/yaml} does.
 * </ul>
 *
 * Nodes hold offsets into their source and nothing that the text does not say, so that a later edit
 * can keep comments and layout.
 */
@NullMarked
package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.NullMarked;
