package dev.portcullis.webhook;

import static dev.portcullis.webhook.FakeKubernetes.LEASE;
import static dev.portcullis.webhook.FakeKubernetes.LEASES;
import static dev.portcullis.webhook.FakeKubernetes.SECRET;
import static dev.portcullis.webhook.FakeKubernetes.validating;
import static dev.portcullis.webhook.RunningServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cluster.CertificateStore;
import dev.portcullis.cluster.LiveCluster;
import dev.portcullis.cluster.WebhookRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole server whose certificate is in a cluster, and everything that can befall it there. */
@Timeout(120)
class ManagedCertificatesTest {
  private static final String NAME = "portcullis.portcullis.svc";
  private static final Duration LIFETIME = Duration.ofMinutes(4);

  @TempDir Path folder;

  private final FakeKubernetes kubernetes = new FakeKubernetes();

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void theOperatorPortIsOpenWhileTheApiServerIsAway() throws Exception {
    RunningServer.Options options = options();
    options.waits = false;
    try (RunningServer server = RunningServer.start(folder, options)) {
      assertThat(server.operator("/livez?verbose").body())
          .isEqualTo("[+]ping ok\n[+]informer ok\nlivez check passed\n");
      assertThat(server.operator("/readyz").body())
          .isEqualTo(
              """
              [+]ping ok
              [-]informer-sync failed: reason withheld
              [-]start failed: reason withheld
              [-]certificate failed: reason withheld
              [+]shutdown ok
              readyz check failed
              """);
      assertThat(server.operator("/metrics").body())
          .doesNotContain("portcullis_certificate_expiry_timestamp_seconds ");
      kubernetes.start().installed();
      await(() -> server.operator("/readyz").statusCode() == 200);
      assertThat(server.metric("portcullis_certificate_expiry_timestamp_seconds"))
          .isGreaterThan((double) Instant.now().getEpochSecond());
    }
  }

  @Test
  void rulesAreWrittenWhenAProbeThroughTheApiServerCameBack() throws Exception {
    kubernetes.start().installed();
    try (RunningServer server = RunningServer.start(folder, options())) {
      server.logWith("enforcing is without effect until the API server gets through: no endpoints");
      assertThat(rules("enforcing").isMissingNode()).isTrue();
      assertThat(bundle("enforcing")).isNotEmpty();
      assertThat(server.metric("portcullis_api_server_probe_successful")).isZero();
      assertThat(registered(server, "enforcing")).isZero();

      kubernetes.probesEnd(bundle -> asTheApiServerCalls(server, bundle));
      server.logWith("enforcing has its rules and takes effect");
      assertThat(rules("enforcing").toString())
          .isEqualTo(
              """
              [{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"],"scope":"*"}]\
              """);
      await(() -> registered(server, "enforcing") == 1);
      assertThat(server.metric("portcullis_api_server_probe_successful")).isEqualTo(1);
      await(() -> trusted(server, "enforcing") == 1);
      assertThat(rules("advisory").toString()).isEqualTo("[{\"resources\":[\"jobs\"]}]");
    }
  }

  @Test
  void whatABreakGlassDeletedIsRegisteredWhenItReturnsAndHoldsUpNothingElse() throws Exception {
    kubernetes.start().installed();
    kubernetes.delete(validating("enforcing"));
    try (RunningServer server = RunningServer.start(folder, options())) {
      kubernetes.probesEnd(bundle -> asTheApiServerCalls(server, bundle));
      server.logWith("validatingwebhookconfigurations enforcing is not there");
      await(() -> !bundle("advisory").isEmpty());
      assertThat(registered(server, "enforcing")).isZero();
      kubernetes.put(
          validating("enforcing"), FakeKubernetes.webhook("enforcing", null, FakeKubernetes.RULES));
      await(() -> !rules("enforcing").isMissingNode());
      assertThat(bundle("enforcing")).isEqualTo(bundle("advisory"));
      assertThat(count(server.log(), "enforcing is not there")).isEqualTo(1);
    }
  }

  @Test
  void oneConfigurationThatMayNotBeWrittenHoldsUpNoOther() throws Exception {
    kubernetes.start().installed();
    kubernetes.forbid("PATCH", validating("enforcing"));
    try (RunningServer server = RunningServer.start(folder, options())) {
      server.logWith("validatingwebhookconfigurations enforcing cannot be registered: ");
      await(() -> !bundle("advisory").isEmpty());
      assertThat(server.operator("/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** What may happen to the Secret. */
  enum Damage {
    DELETED(CertificateDamage.MISSING),
    EMPTIED(CertificateDamage.EMPTY),
    KEY_OF_ANOTHER_PAIR(CertificateDamage.KEY_MISMATCH),
    UNREADABLE_CERTIFICATE(CertificateDamage.UNREADABLE),
    UNREADABLE_KEY(CertificateDamage.UNREADABLE),
    UNREADABLE_AUTHORITY(CertificateDamage.UNREADABLE),
    NO_AUTHORITY(CertificateDamage.NO_AUTHORITY),
    ANOTHER_AUTHORITY(CertificateDamage.NO_AUTHORITY),
    OF_A_TIME_TO_COME(CertificateDamage.NOT_YET_VALID),
    OF_A_TIME_PAST(CertificateDamage.EXPIRED),
    IMMUTABLE(CertificateDamage.EMPTY);

    private final CertificateDamage what;

    Damage(CertificateDamage what) {
      this.what = what;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedSecretGetsBackWhatIsInForce(Damage damage) throws Exception {
    kubernetes.start().installed();
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> !bundle("enforcing").isEmpty());
      Map<String, String> before = secret();
      damage(damage);
      await(() -> secret().equals(before));
      String log = server.logWith("the Secret portcullis-tls is repaired");
      assertThat(count(log, "the Secret portcullis-tls is damaged: " + damage.what.words()))
          .isEqualTo(1);
      assertThat(log)
          .contains(
              "the Secret portcullis-tls is repaired ("
                  + damage.what.label()
                  + "): it holds the certificate in force again")
          .doesNotContain("the certificate changed");
      assertThat(repairs(server, damage)).isEqualTo(1);
      try (Client client = Client.connectTrusting(server.port(), bundle("enforcing"))) {
        assertThat(client.review(Reviews.pod("u", "shop", false)).status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecretThatWasDamagedBeforeTheStartGetsANewCertificate(Damage damage) throws Exception {
    kubernetes.start().installed();
    fill(issued(Instant.now(), LIFETIME));
    damage(damage);
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> !bundle("enforcing").isEmpty());
      assertThat(StoredCertificate.of(secret(), Instant.now()).damage()).isNull();
      try (Client client = Client.connectTrusting(server.port(), bundle("enforcing"))) {
        assertThat(client.review(Reviews.pod("u", "shop", false)).status()).isEqualTo(200);
      }
      if (damage != Damage.DELETED && damage != Damage.EMPTIED && damage != Damage.IMMUTABLE) {
        assertThat(repairs(server, damage)).isEqualTo(1);
      }
    }
  }

  @Test
  void aSecretThatCannotBeRepairedIsToldOfOnceAndTheCertificateStays() throws Exception {
    kubernetes.start().installed();
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> !bundle("enforcing").isEmpty());
      kubernetes.forbid("POST", "/api/v1/namespaces/portcullis/secrets");
      kubernetes.delete(SECRET);
      String log = server.logWith("the certificate in the cluster cannot be kept");
      assertThat(log).contains("the one in force stays").contains("the Secret is gone");
      long looks = requests("GET " + SECRET);
      await(() -> requests("GET " + SECRET) > looks + 2);
      assertThat(count(server.log(), "cannot be kept")).isEqualTo(1);
      assertThat(server.metric("portcullis_certificate_store_successful")).isZero();
      assertThat(server.operator("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutALeaseAndWithoutARightToMakeOneAllGoesWell() throws Exception {
    kubernetes.start().installed();
    kubernetes.forbid("POST", LEASES);
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> !bundle("enforcing").isEmpty());
      assertThat(server.log()).contains("the Lease portcullis cannot be used, so every replica");
      assertThat(kubernetes.get(LEASE).isMissingNode()).isTrue();
      damage(Damage.KEY_OF_ANOTHER_PAIR);
      server.logWith("is repaired (key_mismatch)");
    }
  }

  @Test
  void aMissingLeaseIsMadeAndGivenBack() throws Exception {
    kubernetes.start().installed();
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> !bundle("enforcing").isEmpty());
      assertThat(kubernetes.get(LEASE).at("/spec/holderIdentity").asString()).isEqualTo("one");
      server.stop();
      assertThat(kubernetes.get(LEASE).at("/spec/holderIdentity").asString()).isEmpty();
    }
  }

  @Test
  void anApiServerThatAnswersNothingDoesNotHoldUpAStop() throws Exception {
    kubernetes.start().installed();
    RunningServer.Options options = options();
    options.grace = Duration.ofSeconds(4);
    try (RunningServer server = RunningServer.start(folder, options)) {
      await(() -> !bundle("enforcing").isEmpty());
      CountDownLatch gate = kubernetes.hold();
      long began = System.nanoTime();
      server.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
      gate.countDown();
    }
  }

  @Test
  void anAuthorityOfAnotherSourceIsTrustedBesideOurs() throws Exception {
    kubernetes.start().installed();
    Issuer.Issued other = issued(Instant.now(), LIFETIME);
    String theirs = Pem.encode(List.of(other.authority()));
    var webhook =
        (ObjectNode) new JsonMapper().readTree(FakeKubernetes.webhook("enforcing", null, null));
    webhook.withObject("/webhooks/0/clientConfig").put("caBundle", base64(theirs));
    kubernetes.put(validating("enforcing"), webhook.toString());
    try (RunningServer server = RunningServer.start(folder, options())) {
      await(() -> CaBundle.readable(bundle("enforcing")).size() == 2);
      assertThat(Pem.certificates(bundle("enforcing"))).contains(other.authority());
      assertThat(
              kubernetes
                  .get(validating("enforcing"))
                  .at("/metadata/annotations/portcullis.dev~1authorities-changed")
                  .asString())
          .startsWith("20");
      await(() -> trusted(server, "enforcing") == 1);
    }
  }

  private RunningServer.Options options() throws Exception {
    LiveCluster cluster = LiveCluster.of(kubernetes.kubeconfig(folder));
    var options = new RunningServer.Options();
    options.cluster = cluster;
    options.certificate =
        new CertificateSource.Managed(
            cluster.certificates(
                new CertificateStore.Names("portcullis", "portcullis-tls", "portcullis", "one")),
            NAME,
            LIFETIME,
            LIFETIME.dividedBy(3));
    options.registration =
        new Registration(
            cluster.webhooks(
                new WebhookRegistry.Names(
                    "portcullis",
                    "portcullis",
                    List.of("enforcing", "advisory"),
                    List.of(),
                    "probe")),
            null);
    return options;
  }

  /** {@return what the API server says to whoever creates a Lease, having called the webhook} */
  private static String asTheApiServerCalls(RunningServer server, String bundle) {
    try (Client client = Client.connectTrusting(server.port(), decoded(bundle))) {
      String review = Reviews.pod("probe", "portcullis", false);
      String body =
          client
              .exchange(Client.post("/probe", "Content-Type: application/json\r\n", review))
              .body();
      JsonNode response = new JsonMapper().readTree(body).path("response");
      return "admission webhook \"probe.portcullis.dev\" denied the request: "
          + response.at("/status/message").asString();
    } catch (Exception e) {
      return "failed calling webhook: " + e.getMessage();
    }
  }

  private void damage(Damage damage) throws Exception {
    switch (damage) {
      case DELETED -> kubernetes.delete(SECRET);
      case EMPTIED -> kubernetes.put(SECRET, "{\"metadata\":{\"name\":\"portcullis-tls\"}}");
      case KEY_OF_ANOTHER_PAIR ->
          change(
              "tls.key",
              Pem.encode("PRIVATE KEY", issued(Instant.now(), LIFETIME).key().getEncoded()));
      case UNREADABLE_CERTIFICATE ->
          change("tls.crt", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
      case UNREADABLE_KEY -> change("tls.key", "-----BEGIN PRIVATE KEY-----\nMIG");
      case UNREADABLE_AUTHORITY ->
          change("ca.crt", "-----BEGIN CERTIFICATE-----\nMIG=A\n-----END CERTIFICATE-----\n");
      case NO_AUTHORITY -> change("ca.crt", null);
      case ANOTHER_AUTHORITY ->
          change("ca.crt", Pem.encode(List.of(issued(Instant.now(), LIFETIME).authority())));
      case OF_A_TIME_TO_COME -> fill(issued(Instant.now().plus(Duration.ofDays(70)), LIFETIME));
      case OF_A_TIME_PAST -> fill(issued(Instant.now().minus(Duration.ofDays(100)), LIFETIME));
      case IMMUTABLE ->
          kubernetes.put(SECRET, "{\"metadata\":{\"name\":\"portcullis-tls\"},\"immutable\":true}");
    }
  }

  private static Issuer.Issued issued(Instant when, Duration lifetime) throws Exception {
    return Issuer.issue(List.of(NAME), when, lifetime);
  }

  private void fill(Issuer.Issued issued) throws Exception {
    var object = (ObjectNode) kubernetes.get(SECRET);
    object
        .putObject("data")
        .put("tls.crt", base64(Pem.encode(List.of(issued.certificate()))))
        .put("tls.key", base64(Pem.encode("PRIVATE KEY", issued.key().getEncoded())))
        .put("ca.crt", base64(Pem.encode(List.of(issued.authority()))));
    kubernetes.put(SECRET, object.toString());
  }

  private void change(String key, String text) {
    var object = (ObjectNode) kubernetes.get(SECRET);
    if (text == null) {
      object.withObject("/data").remove(key);
    } else {
      object.withObject("/data").put(key, base64(text));
    }
    kubernetes.put(SECRET, object.toString());
  }

  private Map<String, String> secret() {
    var texts = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : kubernetes.get(SECRET).path("data").properties()) {
      texts.put(entry.getKey(), decoded(entry.getValue().asString()));
    }
    return texts;
  }

  private String bundle(String name) {
    return decoded(
        kubernetes.get(validating(name)).at("/webhooks/0/clientConfig/caBundle").asString(""));
  }

  private JsonNode rules(String name) {
    return kubernetes.get(validating(name)).at("/webhooks/0/rules");
  }

  private long requests(String text) {
    return kubernetes.requests.stream().filter(text::equals).count();
  }

  private static double repairs(RunningServer server, Damage damage) {
    return server.metric(
        "portcullis_certificate_repairs_total{damage=\"" + damage.what.label() + "\"}");
  }

  private static double registered(RunningServer server, String name) {
    return server.metric("portcullis_webhook_registered{configuration=\"" + name + "\"}");
  }

  private static double trusted(RunningServer server, String name) {
    return server.metric("portcullis_certificate_trusted{configuration=\"" + name + "\"}");
  }

  private static long count(String log, String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(log).results().count();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }
}
