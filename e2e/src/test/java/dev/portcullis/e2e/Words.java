package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Words that several suites expect. */
final class Words {
  private Words() {}

  /** {@return what restricted says of a pod whose only container sets no security context} */
  static String bare(String container) {
    return """
    allowPrivilegeEscalation != false (container "%1$s" must set securityContext.allowPrivilegeEscalation=false), \
    unrestricted capabilities (container "%1$s" must set securityContext.capabilities.drop=["ALL"]), \
    runAsNonRoot != true (pod or container "%1$s" must set securityContext.runAsNonRoot=true), \
    seccompProfile (pod or container "%1$s" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")\
    """
        .formatted(container);
  }

  static String wouldViolateRestricted(String container) {
    return "would violate PodSecurity \"restricted:latest\": " + bare(container);
  }

  /** {@return the text of a file beside the tests} */
  static String resource(String name) {
    try (var in = Objects.requireNonNull(Words.class.getResourceAsStream("/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
