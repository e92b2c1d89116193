/**
 * The HTTPS server that the API server calls.
 *
 * <p>{@link dev.portcullis.webhook.WebhookServer} wires it and reads from top to bottom:
 * configuration and certificate first, then a warm-up against a listener of its own, then the port.
 * A review passes {@code ReviewHandler}, which routes and takes bodies within their limits, {@code
 * Exchange}, the ladder from bytes to an answer, and {@code PolicyInForce}, the admission of the
 * moment. {@code OperatorHandler} answers probes and scrapes on a port of its own. {@code
 * MetricsRecorder} hears of every decision and feeds the reference's counters, our own and the log.
 */
@NullMarked
package dev.portcullis.webhook;

import org.jspecify.annotations.NullMarked;
