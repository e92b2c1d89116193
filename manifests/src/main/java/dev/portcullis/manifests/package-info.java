/**
 * Files to workloads.
 *
 * <p>{@link dev.portcullis.manifests.ManifestReader} turns a file's bytes into a {@link
 * dev.portcullis.manifests.ManifestFile}: the {@link dev.portcullis.manifests.Workload}s with their
 * pods, the {@link dev.portcullis.manifests.NamespaceManifest}s with their labels, what was {@link
 * dev.portcullis.manifests.Skipped} and why, and the {@link
 * dev.portcullis.manifests.ManifestError}s. It never throws for what a file holds.
 *
 * <p>A workload knows where each field of its pod stands: {@link
 * dev.portcullis.manifests.Workload#positionOf}. The text itself is read by {@link
 * dev.portcullis.manifests.yaml}.
 */
@NullMarked
package dev.portcullis.manifests;

import org.jspecify.annotations.NullMarked;
