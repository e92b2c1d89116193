package dev.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies between modules and packages, beyond what the poms and module descriptors say. */
class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.portcullis");

  /** What each module may depend on. */
  private static final Map<String, Set<String>> MODULES =
      Map.of(
          "policy", Set.of(),
          "manifests", Set.of("policy"),
          "admission", Set.of("policy", "manifests"),
          "report", Set.of("policy", "manifests", "admission"),
          "advice", Set.of("policy", "manifests", "admission", "report"),
          "cluster", Set.of("policy", "manifests", "admission"),
          "webhook", Set.of("policy", "manifests", "admission", "cluster"));

  static Stream<String> modulesBelowTheCommandLine() {
    return MODULES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modulesBelowTheCommandLine")
  void aModuleDependsOnlyOnThoseBelowIt(String module) {
    var allowed = new ArrayList<>(List.of("dev.portcullis." + module + ".."));
    MODULES.get(module).forEach(below -> allowed.add("dev.portcullis." + below + ".."));
    noClasses()
        .that()
        .resideInAPackage("dev.portcullis." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.portcullis..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(PRODUCT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.portcullis.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void everyRootPackageIsAModule() {
    var roots =
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("dev.portcullis."))
            .map(name -> name.split("\\.")[2])
            .filter(name -> !name.equals("cli") && !name.equals("testing"))
            .collect(Collectors.toSet());
    assertThat(roots).isEqualTo(MODULES.keySet());
  }

  @Test
  void policyKnowsNobody() {
    classes()
        .that()
        .resideInAPackage("dev.portcullis.policy..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.portcullis.policy..", "java..", "org.jspecify..")
        .check(PRODUCT);
  }

  @Test
  void policyHasNoClockFilesNetworkOrLog() {
    noClasses()
        .that()
        .resideInAPackage("dev.portcullis.policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.nio.file..", "java.net..", "java.util.logging..")
        .check(PRODUCT);
  }

  @Test
  void policyHasNoMutableStaticState() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.portcullis.policy..")
        .and()
        .areStatic()
        .should()
        .beFinal()
        .check(PRODUCT);
  }

  @Test
  void insidePolicyPodKnowsNeitherEngineNorChecksAndTheEngineKnowsNoChecks() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.portcullis.policy.pod..", "dev.portcullis.policy.json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.portcullis.policy", "dev.portcullis.policy.checks..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideInAPackage("dev.portcullis.policy")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.portcullis.policy.checks..")
        .check(PRODUCT);
  }

  @Test
  void noCheckKnowsAnotherCheck() {
    classes()
        .that(IS_CHECK)
        .should(
            new ArchCondition<JavaClass>("not depend on another check") {
              @Override
              public void check(JavaClass check, ConditionEvents events) {
                for (var dependency : check.getDirectDependenciesFromSelf()) {
                  var target = outermost(dependency.getTargetClass());
                  if (IS_CHECK.test(target) && !target.equals(outermost(check))) {
                    events.add(SimpleConditionEvent.violated(check, dependency.getDescription()));
                  }
                }
              }
            })
        .check(PRODUCT);
  }

  @Test
  void admissionDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("dev.portcullis.admission..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.fabric8..", "io.prometheus..", "java.net..", "java.nio.file..")
        .check(PRODUCT);
  }

  @Test
  void onlyTheCommandLineUsesStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.portcullis.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(PRODUCT);
  }

  /** Reads sources, as the tests of modules built later have no classes yet. */
  @Test
  void noTestIsDisabled() throws IOException {
    var disabled = Pattern.compile("@Disabled|@Ignore\\b|@EnabledIf|jupiter\\.api\\.condition\\.");
    var offenders = new ArrayList<String>();
    for (var module : modules()) {
      var tests = module.resolve("src/test/java");
      if (!Files.isDirectory(tests)) {
        continue;
      }
      try (var files = Files.walk(tests)) {
        for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          if (!file.endsWith("ArchitectureTest.java")
              && disabled.matcher(Files.readString(file)).find()) {
            offenders.add(file.toString());
          }
        }
      }
    }
    assertThat(offenders)
        .as("a test that cannot run here says so with an assumption; no test is switched off")
        .isEmpty();
  }

  private static final DescribedPredicate<JavaClass> IS_CHECK =
      new DescribedPredicate<>("is a check") {
        @Override
        public boolean test(JavaClass javaClass) {
          var owner = outermost(javaClass);
          return owner.getPackageName().equals("dev.portcullis.policy.checks")
              && owner.tryGetField("CHECK").isPresent();
        }
      };

  private static JavaClass outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(ArchitectureTest::outermost).orElse(javaClass);
  }

  private static List<Path> modules() throws IOException {
    try (var folders = Files.list(Path.of(".."))) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList();
    }
  }
}
