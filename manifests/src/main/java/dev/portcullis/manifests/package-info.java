/** Files to workloads, with the position of every node. */
package dev.portcullis.manifests;
