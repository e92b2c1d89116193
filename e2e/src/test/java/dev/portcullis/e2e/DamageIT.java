package dev.portcullis.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Secret with the self-managed certificate is damaged in every way while two replicas run: it
 * heals by itself, and no request is refused in vain.
 */
final class DamageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SECRETS = "/api/v1/namespaces/" + Registration.NAMESPACE + "/secrets";
  private static final String SECRET = SECRETS + "/portcullis-tls";

  private static final CertificateAuthority STRANGER = CertificateAuthority.named("stranger");

  @Test
  void everyDamageHeals() {
    try (Life life = Life.start("damage", Map.of())) {
      life.helm()
          .upgrade(
              List.of(
                  "image.repository=registry.example.com/portcullis",
                  "podSecurityConfiguration.defaults.enforce=restricted",
                  "service.port=9443"));
      life.stream().awaitEnforced(Duration.ofMinutes(2));
      life.awaitRolledOut();
      damage(life, "key_mismatch", data -> data.put("tls.key", base64(stranger().privateKeyPem())));
      damage(
          life,
          "unreadable",
          data ->
              data.put(
                  "tls.crt",
                  base64("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n")));
      damage(life, "no_authority", data -> data.putNull("ca.crt"));
      damage(
          life,
          "not_yet_valid",
          data -> {
            Identity early =
                STRANGER.serverFrom(
                    Instant.now().plus(Duration.ofDays(70)), Registration.SERVER_NAME);
            early.files().forEach((name, text) -> data.put(name, base64(text)));
            data.put("ca.crt", base64(STRANGER.pem()));
          });
      damage(
          life,
          "empty",
          data -> {
            data.putNull("tls.crt");
            data.putNull("tls.key");
          });
      life.phase(
          "the Secret is deleted, and a replica crashes and starts meanwhile",
          1,
          () -> {
            double before = repairs(life, "missing");
            life.cluster().admin().delete(SECRET).expectSuccess();
            life.node().replicas().getFirst().crash();
            awaitHealed(life, "missing", before);
            life.awaitRolledOut();
          });
      life.stream().awaitJobs(Duration.ofMinutes(2));
      life.assertFaultless();
    }
  }

  private static void damage(Life life, String label, Consumer<ObjectNode> change) {
    life.phase(
        "the Secret's damage: " + label,
        0,
        () -> {
          double before = repairs(life, label);
          ObjectNode patch = ApiClient.JSON.createObjectNode();
          change.accept(patch.putObject("data"));
          life.cluster().admin().mergePatch(SECRET, patch).expectSuccess();
          awaitHealed(life, label, before);
        });
  }

  /** Returns when a replica has counted the repair, and the pair belongs together again. */
  private static void awaitHealed(Life life, String label, double before) {
    Eventually.holds(
        "the damage " + label + " is repaired", PATIENCE, () -> repairs(life, label) > before);
    Eventually.holds(
        "the pair belongs together",
        PATIENCE,
        () -> {
          JsonNode data = life.cluster().admin().get(SECRET).body().path("data");
          try {
            Identity.certificateOf(data.path("tls.crt").asString())
                .verify(Identity.certificateOf(data.path("ca.crt").asString()).getPublicKey());
            return new String(
                    Base64.getDecoder().decode(data.path("tls.key").asString()),
                    StandardCharsets.UTF_8)
                .contains("PRIVATE KEY");
          } catch (java.security.GeneralSecurityException | AssertionError e) {
            return false;
          }
        });
  }

  private static double repairs(Life life, String label) {
    return life.node().metric("portcullis_certificate_repairs_total{damage=\"" + label + "\"}");
  }

  private static Identity stranger() {
    return STRANGER.server(Registration.SERVER_NAME);
  }

  private static String base64(String text) {
    return ApiClient.base64(text);
  }
}
