package dev.portcullis.admission.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.Golden;
import dev.portcullis.admission.Json;
import dev.portcullis.admission.config.ConfigurationException.Stage;
import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationLoaderTest {
  private static final Path RECORDINGS =
      Path.of("../conformance/recordings/admission/config-cases");
  private static final String HEAD =
      """
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      """;
  private static final String BASELINE =
      HEAD
          + """
          defaults:
            enforce: baseline
          exemptions:
            namespaces: [kube-system]
          """;

  /** What a configuration is made of, in any order. */
  private static final List<String> HOSTILE =
      List.of(
          HEAD,
          "apiVersion: ",
          "kind: ",
          "PodSecurityConfiguration",
          "defaults:",
          "exemptions:",
          " enforce: ",
          "namespaces: ",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          ",",
          ":",
          "\n",
          "\n  ",
          "- ",
          "&a ",
          "*a",
          "<<: ",
          "null",
          "7",
          "y",
          "---\n",
          "#",
          "\t",
          "\u0000",
          "\ufeff",
          "\ud83d\ude00",
          "plugins:",
          "!!binary ",
          "|",
          ">");

  /** Texts of parsers differ after these words. */
  private static final Pattern PARSER =
      Pattern.compile("(json parse error: |yaml: (line \\d+: )?).*", Pattern.DOTALL);

  private static final ConfigurationLoader.FileReader NO_FILES =
      path -> {
        throw new IOException("open " + path + ": no such file or directory");
      };

  @Test
  void everyRuleHasItsText() throws IOException {
    var report = new StringBuilder();
    for (String line : Files.readAllLines(Golden.file("configurations/cases.jsonl"))) {
      String content = (String) Json.at(Json.parse(line), "content");
      report
          .append(line)
          .append('\n')
          .append(outcome(content.getBytes(StandardCharsets.UTF_8)))
          .append("\n\n");
    }
    Golden.check(Golden.file("configurations/outcomes.txt"), report.toString());
  }

  private static String outcome(byte[] content) {
    try {
      return "ok: " + ConfigurationLoader.load(content);
    } catch (ConfigurationException e) {
      return e.stage() + ": " + e.webhookMessage();
    }
  }

  @Test
  void everyRecordedConfigurationIsReadAsTheReferenceDid() throws Exception {
    Map<String, Object> ours = new LinkedHashMap<>();
    Map<String, Object> theirs = new LinkedHashMap<>();
    var recorded = Json.object(Json.parse(Files.readAllBytes(RECORDINGS.resolve("expected.json"))));
    for (var entry : recorded.entrySet()) {
      byte[] content = Files.readAllBytes(RECORDINGS.resolve(entry.getKey()));
      Map<String, Object> expected = Json.object(entry.getValue());
      // The reference's webhook does not know the wrapper; the API server does, and so do we.
      Object inner = expected.get("innerConfiguration");
      theirs.put(entry.getKey(), loose(inner == null ? expected : Json.object(inner)));
      ours.put(entry.getKey(), loose(told(content)));
    }
    assertThat(ours).hasSizeGreaterThan(20).isEqualTo(theirs);
  }

  private static Map<String, Object> told(byte[] content) throws Exception {
    Map<String, Object> told = new LinkedHashMap<>();
    try {
      ConfigurationLoader.load(content);
      told.put("stage", "ok");
    } catch (ConfigurationException e) {
      told.put("stage", e.stage().name().toLowerCase(java.util.Locale.ROOT));
      told.put("error", e.message());
      told.put("webhookError", e.webhookMessage());
    }
    if (!told.get("stage").equals("load")) {
      ConfigurationFile file = ConfigurationLoader.read(content, NO_FILES);
      Map<String, Object> defaults = new LinkedHashMap<>();
      for (int i = 0; i < ConfigurationFile.KEYS.size(); i++) {
        defaults.put(ConfigurationFile.KEYS.get(i), file.levels().get(i));
      }
      told.put("defaults", defaults);
      told.put(
          "exemptions",
          Map.of(
              "usernames", file.usernames(),
              "namespaces", file.namespaces(),
              "runtimeClasses", file.runtimeClasses()));
      if (told.get("stage").equals("complete")) {
        told.put("validationError", Validation.aggregate(Validation.faults(file)));
      }
    }
    return told;
  }

  private static String loose(Map<String, Object> outcome) {
    outcome.replaceAll((key, value) ->
        key.endsWith("rror") ? PARSER.matcher((String) value).replaceFirst("$1") : value);
    return Json.canonical(outcome);
  }

  @Test
  void aWrapperHoldsTheConfigurationOrNamesItsFile() throws Exception {
    String wrapper =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AdmissionConfiguration
        plugins:
        - name: Other
          configuration: {kind: Whatever}
        - name: PodSecurity
          path: pod-security.yaml
        """;
    List<String> asked = new ArrayList<>();
    var configuration =
        ConfigurationLoader.load(
            wrapper.getBytes(StandardCharsets.UTF_8),
            path -> {
              asked.add(path);
              return BASELINE.getBytes(StandardCharsets.UTF_8);
            });

    assertThat(asked).containsExactly("pod-security.yaml");
    assertThat(configuration)
        .isEqualTo(ConfigurationLoader.load(BASELINE.getBytes(StandardCharsets.UTF_8)));
    assertThat(configuration.defaults().enforce()).hasToString("baseline:latest");
    assertThatThrownBy(
            () -> ConfigurationLoader.load(wrapper.getBytes(StandardCharsets.UTF_8), NO_FILES))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              assertThat(e.stage()).isEqualTo(Stage.LOAD);
              assertThat(e.message())
                  .isEqualTo("open pod-security.yaml: no such file or directory");
            });
  }

  @Test
  void noBytesDoAnythingButLoadOrSayWhy() {
    Property.check(
        4000,
        random -> {
          byte[] content =
              random.nextBoolean()
                  ? Generate.joined(random, 20, HOSTILE).getBytes(StandardCharsets.UTF_8)
                  : Generate.bytes(random, 60);
          try {
            ConfigurationLoader.load(content);
          } catch (ConfigurationException e) {
            assertThat(e.message()).isNotEmpty();
          }
        });
  }
}
