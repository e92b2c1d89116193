/**
 * Where namespaces and pods come from, behind the ports that admission owns.
 *
 * <p>{@link dev.portcullis.cluster.Cluster} is the face of both kinds: {@link
 * dev.portcullis.cluster.LiveCluster} asks a Kubernetes API server, through Fabric8's configuration
 * and HTTP client, and {@link dev.portcullis.cluster.FolderCluster} reads manifests from files.
 * Neither keeps more of an object than admission reads: a namespace's Pod Security labels, a pod's
 * view. {@link dev.portcullis.cluster.FilePoller} notices when files change, mounted ones too.
 */
@NullMarked
package dev.portcullis.cluster;

import org.jspecify.annotations.NullMarked;
