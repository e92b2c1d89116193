package dev.portcullis.webhook;

import dev.portcullis.cluster.WebhookRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the API server comes to know of this installation.
 *
 * @param registry the webhook configurations that are written
 * @param authorities PEM of authorities that they must trust, followed for changes; null for those
 *     of managed certificates alone
 */
public record Registration(WebhookRegistry registry, @Nullable Path authorities) {}
