package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every right of the chart's roles is needed: where it alone is missing something fails, and goes
 * well once it is given.
 *
 * <p>For each right there is a release of the chart, with a replica that begins without it.
 */
final class NeededPermissionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STRICTER = "stricter";

  private static final String WARNED =
      """
      {"uid":"1","allowed":true,"warnings":[\
      "existing pods in namespace \\"stricter\\" violate the new PodSecurity enforce level \\"restricted:latest\\"",\
      "lax: allowPrivilegeEscalation != false"]}\
      """;

  private static final String LOOKED_UP =
      """
      {"uid":"1","allowed":false,"status":{"metadata":{},"status":"Failure",\
      "message":"Internal error occurred: failed to lookup namespace \\"not-told-of\\"","reason":"InternalError",\
      "details":{"causes":[{"message":"failed to lookup namespace \\"not-told-of\\""}]},"code":500},\
      "auditAnnotations":{"error":"Internal error occurred: failed to lookup namespace \\"not-told-of\\": namespaces \\"not-told-of\\" %s"}}\
      """;

  /** No Service leads to these replicas: the API server must not wait for them. */
  private static final List<String> NEVER_CALLED =
      Stream.of("enforcing", "advisory", "mutating")
          .map(webhook -> "webhooks." + webhook + ".namespaceExpressions[0].")
          .flatMap(
              expression -> Stream.of(expression + "key=called", expression + "operator=Exists"))
          .toList();

  /** Ways to have a certificate; roles differ by them. */
  enum Certificates {
    SELF_MANAGED,
    SECRET,
    CERT_MANAGER;

    List<String> chartValues() {
      return switch (this) {
        case SELF_MANAGED ->
            List.of("certificates.source=self-managed", "webhooks.mutating.enabled=true");
        case SECRET -> Registration.certificateFrom(ApiClient.base64(authority.pem()));
        case CERT_MANAGER -> List.of("certificates.source=cert-manager");
      };
    }
  }

  /** What fails without a right. */
  private sealed interface Loss {
    /** The replica has no certificate, and so is not ready; its log says why. */
    record Certificate(String message) implements Loss {}

    /** The replica answers, and does without; its log says what. */
    record Registration(String message) implements Loss {}

    /** The replica does not follow namespaces, and so is not ready; its log says why. */
    record Following(String message) implements Loss {}

    /** A review is answered otherwise. */
    record Answer(ObjectNode review, String without, String with) implements Loss {}
  }

  /** One release of the chart. */
  private record Release(String name, Certificates certificates, List<ObjectNode> objects) {
    static Release render(String name, Certificates certificates) {
      var templates = new ArrayList<>(List.of("rbac", "serviceaccount", "webhooks"));
      if (certificates == Certificates.SELF_MANAGED) {
        templates.add("certificates");
      }
      var values = new ArrayList<>(certificates.chartValues());
      values.addAll(NEVER_CALLED);
      String manifest = Chart.render(name, templates, values);
      return new Release(name, certificates, cluster.kubectl().objects(manifest));
    }

    List<ObjectNode> roles() {
      return objects.stream()
          .filter(object -> object.path("kind").asString().endsWith("Role"))
          .toList();
    }

    List<Right> rights() {
      return roles().stream().flatMap(role -> Right.of(role).stream()).toList();
    }

    /** Makes its objects, the roles with these rights. */
    void install(List<Right> rights) {
      for (ObjectNode object : objects) {
        cluster.admin().create(folderOf(object), granting(object, rights)).expectSuccess();
      }
    }

    /** Lets its roles have these rights. */
    void grant(List<Right> rights) {
      for (ObjectNode role : roles()) {
        String path = folderOf(role) + "/" + role.at("/metadata/name").asString();
        JsonNode rules = granting(role, rights).path("rules");
        ObjectNode patch = ApiClient.JSON.createObjectNode();
        cluster.admin().mergePatch(path, patch.set("rules", rules)).expectSuccess();
      }
    }

    private ObjectNode granting(ObjectNode object, List<Right> rights) {
      ObjectNode copy = object.deepCopy();
      if (roles().contains(object)) {
        String kind = object.path("kind").asString();
        Right.grant(copy, rights.stream().filter(right -> right.role().equals(kind)).toList());
      }
      return copy;
    }

    private static String folderOf(ObjectNode object) {
      String version = object.path("apiVersion").asString();
      String namespace = object.at("/metadata/namespace").asString("");
      return (version.contains("/") ? "/apis/" : "/api/")
          + version
          + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
          + "/"
          + object.path("kind").asString().toLowerCase(Locale.ROOT)
          + "s";
    }

    Webhook launch() {
      var options = new ArrayList<String>();
      if (certificates == Certificates.SELF_MANAGED) {
        options.addAll(
            List.of(
                "--certificate-namespace=" + Registration.NAMESPACE,
                "--certificate-secret=" + name + "-tls",
                "--certificate-lease=" + name,
                "--certificate-service=" + name,
                "--webhook-configuration=" + name + "-enforcing",
                "--webhook-configuration=" + name + "-advisory",
                "--mutating-webhook-configuration=" + name + "-hardening"));
      }
      return Webhook.launch(
          Webhook.Kind.PORTCULLIS,
          new Webhook.Settings(
              cluster.folder().resolve(name),
              Ports.free(),
              Webhook.DEFAULTS,
              authority,
              authority.server(serverName()),
              options,
              Webhook.userOf(name)),
          cluster.server());
    }

    boolean isRegistered() {
      return !bundle().isEmpty();
    }

    private String bundle() {
      return cluster
          .admin()
          .get(
              "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/"
                  + name
                  + "-enforcing")
          .expectSuccess()
          .body()
          .at("/webhooks/0/clientConfig/caBundle")
          .asString("");
    }

    /** {@return what it answers, when it is asked as the registration says} */
    String answer(Webhook replica, JsonNode review) {
      String bundle = bundle();
      return ApiClient.review(
              replica.port(),
              serverName(),
              Identity.certificateOf(bundle),
              authority.client("api-server", List.of()),
              review)
          .path("response")
          .toString();
    }

    private String serverName() {
      return name + "." + Registration.NAMESPACE + ".svc";
    }
  }

  @AutoClose private static Cluster cluster;
  private static CertificateAuthority authority;
  private static final Map<Certificates, List<Right>> GRANTED = new EnumMap<>(Certificates.class);

  @BeforeAll
  static void start() {
    cluster = Cluster.still("needed-permissions", new PodSecurityPlugin.Off());
    authority = CertificateAuthority.named("e2e-webhook");
    Registration.place(cluster);
    cluster.makeStillNamespace(STRICTER, Map.of());
    cluster
        .admin()
        .create("/api/v1/namespaces/" + STRICTER + "/pods", PodStream.pod("lax", true))
        .expectSuccess();
  }

  static List<Right> ofSelfManaged() {
    return granted(Certificates.SELF_MANAGED);
  }

  static List<Right> ofASecret() {
    return granted(Certificates.SECRET);
  }

  private static List<Right> granted(Certificates certificates) {
    return GRANTED.computeIfAbsent(
        certificates, how -> Release.render(Registration.RELEASE, how).rights());
  }

  /** Rights that only a repair or a first start uses: no case here takes them away yet. */
  private static final Set<String> NOT_SHOWN =
      Set.of("create secrets", "delete secrets", "create leases");

  @ParameterizedTest
  @MethodSource("ofSelfManaged")
  void withSelfManagedCertificates(Right right) {
    shownToBeNeeded(Certificates.SELF_MANAGED, ofSelfManaged().indexOf(right));
  }

  @ParameterizedTest
  @MethodSource("ofASecret")
  void withACertificateThatIsThere(Right right) {
    shownToBeNeeded(Certificates.SECRET, ofASecret().indexOf(right));
  }

  @Test
  void certManagerTakesNoFurtherRights() {
    assertThat(granted(Certificates.CERT_MANAGER)).containsAll(ofASecret());
    assertThat(ofSelfManaged()).containsAll(granted(Certificates.CERT_MANAGER));
  }

  private static void shownToBeNeeded(Certificates certificates, int index) {
    String name = (certificates == Certificates.SECRET ? "secret-" : "own-") + index;
    Release release = Release.render(name, certificates);
    List<Right> all = release.rights();
    Right lost = all.get(index);
    assumeFalse(
        NOT_SHOWN.contains(lost.verb() + " " + lost.resource()) || lost.name().endsWith("-probe"),
        "nothing shows yet what fails without the right to " + lost);
    Loss loss = lossOf(all.get(index), name);
    release.install(without(index, all));
    try (Webhook replica = release.launch()) {
      switch (loss) {
        case Loss.Certificate(String message) -> {
          awaitSaid(replica, message);
          assertThat(replica.passes("/livez")).isTrue();
          assertThat(replica.passes("/readyz")).isFalse();
          release.grant(all);
          replica.awaitReady();
        }
        case Loss.Registration(String message) -> {
          awaitSaid(replica, message);
          replica.awaitReady();
          release.grant(all);
          Eventually.holds("its caBundle is registered", PATIENCE, release::isRegistered);
        }
        case Loss.Following(String message) -> {
          awaitSaid(replica, message);
          Eventually.holds("it answers probes", PATIENCE, () -> replica.passes("/livez"));
          assertThat(replica.passes("/readyz/informer-sync")).isFalse();
          assertThat(replica.passes("/readyz")).isFalse();
          release.grant(all);
          replica.awaitReady();
        }
        case Loss.Answer(ObjectNode review, String without, String with) -> {
          replica.awaitReady();
          assertThat(release.answer(replica, review)).isEqualTo(without);
          release.grant(all);
          Eventually.holds(
              "the answer is " + with,
              PATIENCE,
              () -> release.answer(replica, review).equals(with));
        }
      }
      // With all rights all goes well, whichever was missing.
      assertThat(release.answer(replica, Reviews.ofAStricterNamespace(STRICTER))).isEqualTo(WARNED);
    }
  }

  private static void awaitSaid(Webhook replica, String message) {
    Eventually.holds(
        "its log says: " + message,
        PATIENCE,
        () ->
            replica.messages().stream()
                .map(NeededPermissionsIT::withoutNumbers)
                .anyMatch(message::equals));
  }

  private static List<Right> without(int index, List<Right> rights) {
    var rest = new ArrayList<>(rights);
    rest.remove(index);
    return rest;
  }

  private static Loss lossOf(Right right, String release) {
    String refused =
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                Webhook.userOf(release),
                right.verb(),
                right.resource(),
                right.group(),
                right.role().equals("Role")
                    ? "in the namespace \"" + Registration.NAMESPACE + "\""
                    : "at the cluster scope");
    return switch (right.verb() + " " + right.resource()) {
      case "list namespaces" ->
          new Loss.Following(
              "namespaces cannot be followed: namespaces is forbidden: "
                  + refused
                  + "; <n> namespaces stay known, next try in <n> ms");
      case "watch namespaces" ->
          new Loss.Following(
              "namespaces cannot be followed: the API server answered the watch with status 403;"
                  + " <n> namespaces stay known, next try in <n> ms");
      case "get namespaces" ->
          new Loss.Answer(
              Reviews.ofAPodInAnUnknownNamespace(),
              LOOKED_UP.formatted(
                  "is forbidden: "
                      + refused
                          .replace("at the cluster scope", "in the namespace \"not-told-of\"")
                          .replace("\"", "\\\"")),
              LOOKED_UP.formatted("not found"));
      case "list pods" ->
          new Loss.Answer(
              Reviews.ofAStricterNamespace(STRICTER),
              """
              {"uid":"1","allowed":true,"warnings":[\
              "failed to list pods while checking new PodSecurity enforce level"]}\
              """,
              WARNED);
      case "get secrets", "patch secrets" ->
          new Loss.Certificate(
              "no certificate yet: the Secret " + right.name() + ": " + forbidden(right, refused));
      case "get leases", "patch leases" ->
          new Loss.Registration(
              "the Lease "
                  + right.name()
                  + " cannot be used, so every replica takes its turn: "
                  + forbidden(right, refused));
      case "get validatingwebhookconfigurations",
          "patch validatingwebhookconfigurations",
          "get mutatingwebhookconfigurations",
          "patch mutatingwebhookconfigurations" ->
          new Loss.Registration(
              right.resource()
                  + " "
                  + right.name()
                  + " cannot be registered: "
                  + forbidden(right, refused));
      default ->
          throw new AssertionError(
              "the chart grants \"" + right + "\", and nothing here shows what fails without it");
    };
  }

  /** How many namespaces are known so early, and the pauses, differ from run to run. */
  private static String withoutNumbers(String message) {
    return message
        .replaceAll("\\d+ namespaces stay", "<n> namespaces stay")
        .replaceAll("in \\d+ ms", "in <n> ms");
  }

  private static String forbidden(Right right, String refused) {
    String resource = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
    return "%s \"%s\" is forbidden: %s".formatted(resource, right.name(), refused);
  }
}
