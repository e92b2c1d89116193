package dev.portcullis.advice.migrate.psp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.manifests.ManifestObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyGrantsTest {
  private static final String API = "apiVersion: rbac.authorization.k8s.io/v1\n";

  /** What a rule must hold to let policy p be used. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [p] | true
          apiGroups: [extensions], resources: [podsecuritypolicies], verbs: [use], resourceNames: [o, p] | true
          apiGroups: [policy], resources: [podsecuritypolicies], verbs: [get, use] | true
          apiGroups: [policy], resources: [podsecuritypolicies], verbs: ['*'] | true
          apiGroups: ['*'], resources: [podsecuritypolicies], verbs: [use] | true
          apiGroups: [policy], resources: ['*'], verbs: [use] | true
          apiGroups: ['*'], resources: ['*'], verbs: ['*'] | true
          apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [o] | false
          apiGroups: [policy], resources: [podsecuritypolicies], verbs: [get, list] | false
          apiGroups: [''], resources: [podsecuritypolicies], verbs: [use] | false
          apiGroups: [policy], resources: [poddisruptionbudgets], verbs: [use] | false
          apiGroups: [apps], resources: ['*'], verbs: ['*'] | false
          nonResourceURLs: ['*'], verbs: ['*'] | false
          """)
  void rules(String rule, boolean grants) {
    PolicyGrants all =
        grants(
            API + "kind: ClusterRole\nmetadata: {name: r}\nrules: [{" + rule + "}]\n",
            binding(
                "ClusterRoleBinding",
                "metadata: {name: b}",
                "ClusterRole",
                "r",
                "{kind: ServiceAccount, namespace: a, name: s}"));
    assertThat(all.allows(Account.serviceAccount("a", "s"), "a", "p")).isEqualTo(grants);
  }

  /** Whether a binding in namespace b reaches service account a/s, for pods in a and in b. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {kind: ServiceAccount, namespace: a, name: s} | true | true
          {kind: ServiceAccount, namespace: a, name: other} | false | false
          {kind: ServiceAccount, namespace: b, name: s} | false | false
          {kind: User, name: 'system:serviceaccount:a:s'} | true | true
          {kind: User, name: s} | false | false
          {kind: Group, name: 'system:serviceaccounts'} | true | true
          {kind: Group, name: 'system:serviceaccounts:a'} | true | true
          {kind: Group, name: 'system:serviceaccounts:b'} | false | false
          {kind: Group, name: 'system:authenticated'} | true | true
          {kind: Group, name: 'system:unauthenticated'} | false | false
          {kind: Group, name: 'system:masters'} | false | false
          """)
  void subjects(String subject, boolean byClusterRoleBinding, boolean byRoleBindingInItsNamespace) {
    String role =
        API
            + "kind: ClusterRole\nmetadata: {name: r}\nrules: [{apiGroups: [policy], resources:"
            + " [podsecuritypolicies], verbs: [use]}]\n";
    Account account = Account.serviceAccount("a", "s");

    PolicyGrants wide =
        grants(
            role,
            binding("ClusterRoleBinding", "metadata: {name: b}", "ClusterRole", "r", subject));
    assertThat(wide.allows(account, "a", "p")).isEqualTo(byClusterRoleBinding);
    assertThat(wide.allows(account, "b", "p")).isEqualTo(byClusterRoleBinding);

    PolicyGrants narrow =
        grants(
            role,
            binding(
                "RoleBinding", "metadata: {name: b, namespace: b}", "ClusterRole", "r", subject));
    assertThat(narrow.allows(account, "a", "p")).isFalse();
    assertThat(narrow.allows(account, "b", "p")).isEqualTo(byRoleBindingInItsNamespace);
  }

  @Test
  void aRoleCountsInItsNamespaceAndANamelessNamespaceIsTheBindings() {
    String role =
        API
            + "kind: Role\nmetadata: {name: r, namespace: a}\nrules: [{apiGroups: [policy],"
            + " resources: [podsecuritypolicies], verbs: [use]}]\n";
    String subject = "{kind: ServiceAccount, name: s}";
    PolicyGrants all =
        grants(
            role,
            binding("RoleBinding", "metadata: {name: x, namespace: a}", "Role", "r", subject),
            binding("RoleBinding", "metadata: {name: y, namespace: b}", "Role", "r", subject),
            binding(
                "ClusterRoleBinding",
                "metadata: {name: z}",
                "Role",
                "r",
                "{kind: Group, name: 'system:authenticated'}"));

    assertThat(all.allows(Account.serviceAccount("a", "s"), "a", "p")).isTrue();
    assertThat(all.allows(Account.serviceAccount("b", "s"), "b", "p")).isFalse();
    assertThat(all.uses("p"))
        .containsExactly(
            new PolicyGrants.Use(
                new RbacBinding.Subject("ServiceAccount", "a", "s"), "a", "RoleBinding a/x"));
    assertThat(all.unknownRoles())
        .containsExactly(
            "ClusterRoleBinding z refers to Role r", "RoleBinding b/y refers to Role r");
  }

  @Test
  void clusterAdminNeedsNoManifestAndBuiltInRolesAreNoSurprise() {
    PolicyGrants all =
        grants(
            binding(
                "ClusterRoleBinding",
                "metadata: {name: b}",
                "ClusterRole",
                "cluster-admin",
                "{kind: ServiceAccount, namespace: a, name: s}"),
            binding(
                "ClusterRoleBinding",
                "metadata: {name: c}",
                "ClusterRole",
                "edit",
                "{kind: ServiceAccount, namespace: a, name: t}"));

    assertThat(all.allows(Account.serviceAccount("a", "s"), "anywhere", "p")).isTrue();
    assertThat(all.allows(Account.serviceAccount("a", "t"), "anywhere", "p")).isFalse();
    assertThat(all.unknownRoles()).isEmpty();
  }

  @Test
  void aggregatedRolesGatherOthersByLabel() {
    PolicyGrants all =
        grants(
            API
                + "kind: ClusterRole\nmetadata: {name: sum}\nrules: []\naggregationRule:"
                + " {clusterRoleSelectors: [{matchLabels: {to: sum}}]}\n",
            API
                + "kind: ClusterRole\nmetadata: {name: part, labels: {to: sum, x: y}}\nrules:"
                + " [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use],"
                + " resourceNames: [p]}]\n",
            binding(
                "ClusterRoleBinding",
                "metadata: {name: b}",
                "ClusterRole",
                "sum",
                "{kind: Group, name: 'system:serviceaccounts'}"));

    assertThat(all.allows(Account.serviceAccount("a", "s"), "a", "p")).isTrue();
    assertThat(all.allows(Account.serviceAccount("a", "s"), "a", "o")).isFalse();
    assertThat(all.allows(Account.CONTROLLER_MANAGER, "a", "p")).isFalse();
    assertThat(all.named()).containsExactly("p");
  }

  @Test
  void faultsHavePlaces() {
    ManifestObject object =
        Policies.objects(
                API
                    + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole,"
                    + " name: r}\nsubjects:\n- {kind: ServiceAccount, name: s}\n")
            .getFirst();
    AccessReader.Result result = AccessReader.read(object, "");

    assertThat(result.binding()).isNull();
    assertThat(result.errors())
        .hasToString(
            "[ManifestError[document=0, line=6, column=3, message=subjects[0].namespace: is"
                + " missing]]");
  }

  private static String binding(
      String kind, String metadata, String roleKind, String role, String subject) {
    return API
        + "kind: "
        + kind
        + "\n"
        + metadata
        + "\nroleRef: {kind: "
        + roleKind
        + ", name: "
        + role
        + "}\nsubjects: ["
        + subject
        + "]\n";
  }

  private static PolicyGrants grants(String... documents) {
    var roles = new ArrayList<RbacRole>();
    var bindings = new ArrayList<RbacBinding>();
    for (ManifestObject object : Policies.objects(String.join("---\n", List.of(documents)))) {
      AccessReader.Result result = AccessReader.read(object, "");
      if (result.role() != null) {
        roles.add(result.role());
      }
      if (result.binding() != null) {
        bindings.add(result.binding());
      }
    }
    return new PolicyGrants(roles, bindings);
  }
}
