/**
 * Portcullis in front of a real API server.
 *
 * <p>{@link Tools} finds the programs, {@link Cluster} runs etcd, the API server, the controller
 * manager and a stand-in for the kubelet on loopback, {@link Webhook} runs the process under test
 * beside them, {@link Registration} tells the API server of it, and {@link Kubectl}, {@link
 * ApiClient} and {@link AuditLog} see what a person, a program and an auditor see. The classes
 * ending in {@code IT} are the suites; each starts a cluster of its own.
 *
 * <p>The process under test is {@code portcullis serve}, or the Go reference's webhook with {@code
 * -De2e.webhook=reference}: what the suites say of Portcullis they must be able to say of the
 * reference.
 */
@NullMarked
package dev.portcullis.e2e;

import org.jspecify.annotations.NullMarked;
