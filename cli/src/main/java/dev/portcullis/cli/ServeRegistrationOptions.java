package dev.portcullis.cli;

import dev.portcullis.cluster.LiveCluster;
import dev.portcullis.cluster.WebhookRegistry;
import dev.portcullis.webhook.Registration;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which objects of the cluster lead the API server to {@code portcullis serve}. */
final class ServeRegistrationOptions {
  @Option(
      names = "--webhook-configuration",
      paramLabel = "NAME",
      description =
          "A ValidatingWebhookConfiguration to write the caBundle into, and its rules when it can"
              + " be answered; repeatable.")
  private List<String> validating = List.of();

  @Option(
      names = "--mutating-webhook-configuration",
      paramLabel = "NAME",
      description = "A MutatingWebhookConfiguration to write the same into; repeatable.")
  private List<String> mutating = List.of();

  @Option(
      names = "--probe-webhook-configuration",
      paramLabel = "NAME",
      description =
          "The ValidatingWebhookConfiguration that shows whether the API server gets through,"
              + " before rules are written.")
  private @Nullable String probe;

  @Option(
      names = "--ca-bundle-file",
      paramLabel = "FILE",
      description =
          "Authorities, in PEM, that webhook configurations must trust, beside those of managed"
              + " certificates; followed for changes.")
  private @Nullable Path authorities;

  /** {@return an option that was given and needs a cluster, or null} */
  @Nullable String given() {
    if (!validating.isEmpty()) {
      return "--webhook-configuration";
    }
    if (!mutating.isEmpty()) {
      return "--mutating-webhook-configuration";
    }
    return probe == null ? null : "--probe-webhook-configuration";
  }

  /** {@return how the API server comes to know of this server} */
  Registration of(LiveCluster cluster, String namespace, String lease) {
    var names = new WebhookRegistry.Names(namespace, lease, validating, mutating, probe);
    return new Registration(cluster.webhooks(names), authorities);
  }
}
