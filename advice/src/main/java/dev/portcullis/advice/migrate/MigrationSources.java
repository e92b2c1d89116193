package dev.portcullis.advice.migrate;

import dev.portcullis.advice.migrate.psp.AccessReader;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy;
import dev.portcullis.advice.migrate.psp.PolicyReader;
import dev.portcullis.advice.migrate.psp.RbacBinding;
import dev.portcullis.advice.migrate.psp.RbacRole;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.manifests.Workload;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Skipped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the inputs hold that a migration from PodSecurityPolicies needs. */
public final class MigrationSources {
  private final String namespace;
  private final boolean lines;
  private final Map<String, PodSecurityPolicy> policies = new TreeMap<>();
  private final Map<String, List<String>> unknownFields = new TreeMap<>();
  private final List<RbacRole> roles = new ArrayList<>();
  private final List<RbacBinding> bindings = new ArrayList<>();
  private final Map<String, Map<String, String>> namespaces = new TreeMap<>();
  private final Map<String, Set<String>> accounts = new TreeMap<>();
  private final List<WorkloadFacts> workloads = new ArrayList<>();
  private final Set<String> controllers = new HashSet<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<InputError> errors = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Starts with nothing.
   *
   * @param namespace that of objects that name none; empty when nobody knows
   * @param lines whether the lines of files mean anything to a reader
   */
  public MigrationSources(String namespace, boolean lines) {
    this.namespace = namespace;
    this.lines = lines;
  }

  /** Adds what a file holds. Where names repeat, the last object counts. */
  public void add(ManifestFile file) {
    file.errors().forEach(error -> error(file.name(), error));
    for (var document : file.skipped()) {
      skipped.add(
          new Skipped(file.name(), document.document(), document.line(), document.reason()));
    }
    for (NamespaceManifest found : file.namespaces()) {
      if (!found.name().isEmpty()) {
        namespaces.put(found.name(), found.labels());
      }
    }
    for (Workload workload : file.workloads()) {
      // What an operator completes cannot be said to fail: only its running pods count.
      if (workload.template().fidelity() != Fidelity.COMPLETED) {
        add(WorkloadFacts.of(workload, namespace));
      }
    }
    for (ManifestObject object : file.others()) {
      other(object);
    }
  }

  /** Adds a sentence without a final period that a reader should know. */
  public void note(String note) {
    notes.add(note);
  }

  /** Adds an input that could not be read. */
  public void error(InputError error) {
    errors.add(error);
  }

  private void add(WorkloadFacts facts) {
    // Pods of a controller that came before them are the same over and over.
    String owner = facts.owner();
    if (owner != null && controllers.contains(facts.namespace() + "/" + owner)) {
      controllers.add(facts.namespace() + "/" + facts.title());
      return;
    }
    controllers.add(facts.namespace() + "/" + facts.title());
    workloads.add(facts);
  }

  private void other(ManifestObject object) {
    String name = object.name() == null ? "" : object.name();
    if (PolicyReader.reads(object)) {
      policy(object, name);
    } else if (object.kind().equals("PodSecurityPolicy")) {
      var at = object.position();
      errors.add(
          new InputError(
              object.file(),
              at.line(),
              at.column(),
              "PodSecurityPolicy "
                  + name
                  + " of "
                  + object.apiVersion()
                  + ": there are policy/v1beta1 and extensions/v1beta1 only"));
    } else if (AccessReader.reads(object)) {
      AccessReader.Result result = AccessReader.read(object, namespace);
      result.errors().forEach(error -> error(object.file(), error));
      result.remarks().forEach(remark -> notes.add(place(object.file(), remark)));
      if (result.role() != null) {
        roles.add(result.role());
      }
      if (result.binding() != null) {
        bindings.add(result.binding());
      }
    } else if (object.kind().equals("ServiceAccount") && object.apiVersion().equals("v1")) {
      String given = object.namespace();
      accounts.computeIfAbsent(given == null ? namespace : given, key -> new TreeSet<>()).add(name);
    }
  }

  private void policy(ManifestObject object, String name) {
    PolicyReader.Result result = PolicyReader.read(object);
    for (ManifestError error : result.errors()) {
      errors.add(
          new InputError(
              object.file(),
              error.line(),
              error.column(),
              "PodSecurityPolicy " + name + ": " + error.message()));
    }
    PodSecurityPolicy policy = result.policy();
    if (policy == null) {
      return;
    }
    PodSecurityPolicy before = policies.put(policy.name(), policy);
    if (before != null) {
      notes.add(
          "PodSecurityPolicy "
              + name
              + " is there more than once; the one at "
              + policy.file()
              + ":"
              + policy.line()
              + " counts");
    }
    unknownFields.put(
        policy.name(),
        result.unknown().stream().map(unknown -> place(object.file(), unknown)).toList());
  }

  private void error(String file, ManifestError error) {
    errors.add(new InputError(file, error.line(), error.column(), error.message()));
  }

  private static String place(String file, ManifestError what) {
    return new InputError(file, what.line(), what.column(), what.message()).toString();
  }

  /** {@return the line as reports tell it, 0 where it means nothing} */
  int line(int line) {
    return lines ? line : 0;
  }

  /** {@return policies by name} */
  Map<String, PodSecurityPolicy> policies() {
    return Collections.unmodifiableMap(policies);
  }

  /** {@return fields that a policy should not have, with their places} */
  List<String> unknownFields(String policy) {
    return unknownFields.getOrDefault(policy, List.of());
  }

  List<RbacRole> roles() {
    return Collections.unmodifiableList(roles);
  }

  List<RbacBinding> bindings() {
    return Collections.unmodifiableList(bindings);
  }

  /** {@return the labels of Namespace objects by name} */
  Map<String, Map<String, String>> namespaces() {
    return Collections.unmodifiableMap(namespaces);
  }

  /** {@return the names of ServiceAccount objects by namespace} */
  Map<String, Set<String>> accounts() {
    return Collections.unmodifiableMap(accounts);
  }

  /**
   * {@return the workloads in order}, without those whose controller is among them, wherever it
   * stood.
   */
  List<WorkloadFacts> workloads() {
    return workloads.stream()
        .filter(facts ->
            facts.owner() == null || !controllers.contains(facts.namespace() + "/" + facts.owner()))
        .toList();
  }

  /** {@return what was passed over} */
  List<Skipped> skipped() {
    return Collections.unmodifiableList(skipped);
  }

  /** {@return what could not be read} */
  public List<InputError> errors() {
    return Collections.unmodifiableList(errors);
  }

  /** {@return what a reader should know, though it is no error} */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }
}
