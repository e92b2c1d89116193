package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.cluster.FileTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys and certificates in {@code keys/} were made with openssl. */
class ServingCertificateTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ec, ec, true",
    "ec, ec-without-point, true",
    "ec, ec-with-parameters, false",
    "ec, rsa, false",
    "rsa, rsa, true",
    "rsa, ec, false"
  })
  void takesOnlyTheKeyOfTheCertificate(String certificate, String key, boolean belongs)
      throws Exception {
    Path crt = resource(certificate + ".crt");
    Path pem = resource(key + ".pem");
    if (belongs) {
      assertThat(
              ServingCertificate.read(crt, pem, new FileTrace())
                  .chain()
                  .getFirst()
                  .getSubjectX500Principal())
          .hasToString("CN=" + certificate + ".example");
    } else {
      assertThatThrownBy(() -> ServingCertificate.read(crt, pem, new FileTrace()))
          .isInstanceOf(StartException.class)
          .hasMessage("the key in " + pem + " does not belong to the certificate in " + crt);
    }
  }

  @ParameterizedTest
  @CsvSource({"ec-with-parameters", "ec-without-point"})
  void takesNoOtherKeyOfTheSameKind(String key) throws Exception {
    Path crt = folder.resolve("other.crt");
    byte[] other = SelfSigned.make("other.example").chain().getFirst().getEncoded();
    Files.writeString(crt, Pem.encode("CERTIFICATE", other));
    Path pem = resource(key + ".pem");
    assertThatThrownBy(() -> ServingCertificate.read(crt, pem, new FileTrace()))
        .isInstanceOf(StartException.class)
        .hasMessage("the key in " + pem + " does not belong to the certificate in " + crt);
  }

  private Path resource(String name) throws Exception {
    try (var in = ServingCertificateTest.class.getResourceAsStream("/keys/" + name)) {
      Path file = folder.resolve(name);
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      Files.write(file, in.readAllBytes());
      return file;
    }
  }
}
