package dev.portcullis.report;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Version;
import java.util.List;

/** A report with one of everything, hostile names among it. */
public final class SampleReport {
  static final LevelVersion RESTRICTED = new LevelVersion(Level.RESTRICTED, Version.LATEST);
  static final LevelVersion BASELINE = new LevelVersion(Level.BASELINE, Version.of(30));

  private SampleReport() {}

  /** {@return a report on two objects of a cluster} */
  public static Report ofCluster() {
    var owner = new Origin.Owner("argoproj.io/v1alpha1", "Rollout", "web", "9c1e");
    var place =
        new Place(
            "spec.containers[0].ports[0].hostPort",
            "spec.containers[web].ports[].hostPort",
            0,
            0,
            80L,
            new Excerpt("", "", ""));
    var ports =
        new Violation(
            "hostPorts",
            "hostPort",
            "container \"web\" uses hostPort 80",
            List.of(place),
            false,
            null);
    return new Report(
        0,
        List.of(
            new Result(
                new Origin.InCluster("prod-eu", "v1", "51d2", owner),
                "Pod",
                "shop",
                "web-7d9f-x2x7k",
                "",
                "",
                PolicySource.NAMESPACE,
                false,
                List.of(denied(Mode.ENFORCE, BASELINE, ports))),
            new Result(
                new Origin.InCluster("prod-eu", "ray.io/v1", "77aa", null),
                "RayCluster",
                "ml",
                "train",
                "spec.workerGroupSpecs[1].template",
                "an autoscaler container is added",
                PolicySource.NAMESPACE,
                false,
                List.of(denied(Mode.WARN, RESTRICTED, ports)))),
        List.of(),
        List.of(),
        List.of());
  }

  /** {@return the report} */
  public static Report report() {
    return new Report(
        6,
        List.of(
            new Result(
                new Origin.InFile("clean.yaml", 0, 1),
                "Pod",
                "shop",
                "clean",
                "",
                "",
                PolicySource.DEFAULT,
                false,
                List.of(allowed(Mode.ENFORCE))),
            new Result(
                new Origin.InFile("a b/web.yaml", 1, 12),
                "Deployment",
                "shop",
                "web",
                "",
                "",
                PolicySource.NAMESPACE,
                false,
                List.of(
                    denied(Mode.ENFORCE, BASELINE, hostPorts()),
                    denied(Mode.AUDIT, RESTRICTED, hostPorts(), escalation()),
                    denied(Mode.WARN, RESTRICTED, hostPorts(), escalation()))),
            new Result(
                new Origin.InFile("a b/web.yaml", 2, 50),
                "Job",
                null,
                "",
                "",
                "",
                PolicySource.CONFIG,
                false,
                List.of(
                    allowed(Mode.ENFORCE),
                    denied(Mode.AUDIT, RESTRICTED, escalation()),
                    allowed(Mode.WARN))),
            new Result(
                new Origin.InFile("odd:name,50%.json", 0, 1),
                "Pod",
                "\033[31m",
                "<b>|`*&\"\u202e",
                "",
                "",
                PolicySource.FLAG,
                false,
                List.of(denied(Mode.ENFORCE, RESTRICTED, hostile()))),
            new Result(
                new Origin.InFile("exempt.yaml", 0, 1),
                "Pod",
                "kube-system",
                "agent",
                "",
                "",
                PolicySource.CONFIG,
                true,
                List.of())),
        List.of(new Skipped("chart.yaml", 0, 1, "a template that was not rendered")),
        List.of(
            new InputError("broken.yaml", 3, 7, "mapping values are not allowed in this context"),
            new InputError("gone.yaml", 0, 0, "no such file or folder")),
        List.of(
            new Note(
                "a b/web.yaml", 28, 11, "spec.securitycontext is not a field of the pod's spec"),
            new Note("", 0, 0, "2 objects are owned by others among the inputs")));
  }

  /** {@return a result as it is, of another file and name} */
  public static Result moved(Result result, String file, String name) {
    return new Result(
        new Origin.InFile(file, 0, result.line()),
        result.kind(),
        result.namespace(),
        name,
        result.template(),
        result.caution(),
        result.policySource(),
        result.exempt(),
        result.verdicts());
  }

  /** {@return a workload that violates restricted alone} */
  public static Result restrictedOnly(String file, String name) {
    return new Result(
        new Origin.InFile(file, 0, 1),
        "Deployment",
        "shop",
        name,
        "",
        "",
        PolicySource.DEFAULT,
        false,
        List.of(denied(Mode.ENFORCE, RESTRICTED, escalation())));
  }

  /** {@return a report in which everything has these names} */
  public static Report named(String file, String name) {
    return new Report(
        1,
        List.of(restrictedOnly(file, name)),
        List.of(new Skipped(file, 0, 1, name)),
        List.of(),
        List.of(new Note(file, 1, 1, name)));
  }

  static Violation hostPorts() {
    return new Violation(
        "hostPorts",
        "hostPort",
        "container \"web\" uses hostPorts 443, 80",
        List.of(
            new Place(
                "spec.containers[0].ports[0].hostPort",
                "spec.containers[web].ports[].hostPort",
                30,
                23,
                80L,
                Excerpt.of("            - hostPort: 80", 0, 22, false)),
            new Place(
                "spec.containers[0].ports[1].hostPort",
                "spec.containers[web].ports[].hostPort",
                31,
                24,
                443L,
                Excerpt.of("            - {hostPort: 443, name: tls}", 0, 23, false))),
        false,
        null);
  }

  static Violation escalation() {
    return new Violation(
        "allowPrivilegeEscalation",
        "allowPrivilegeEscalation != false",
        "container \"web\" must set securityContext.allowPrivilegeEscalation=false",
        List.of(
            new Place(
                "spec.containers[0].securityContext.allowPrivilegeEscalation",
                "spec.containers[web].securityContext.allowPrivilegeEscalation",
                28,
                11,
                null,
                Excerpt.of("        - name: web", 0, 10, true))),
        false,
        null);
  }

  private static Violation hostile() {
    return new Violation(
        "sysctls",
        "forbidden sysctls",
        "a\nb, \033]0;title\007, ]]>, <script>",
        List.of(
            new Place(
                "spec.securityContext.sysctls[0].name",
                "spec.securityContext.sysctls[].name",
                1,
                131,
                "a\nb",
                Excerpt.of(
                    "{\"pad\":\""
                        + "x".repeat(110)
                        + "\",\"name\":  \"a\\nb\",\"tail\":\""
                        + "y".repeat(50)
                        + "\"}",
                    0,
                    130,
                    false))),
        false,
        null);
  }

  static ModeVerdict denied(Mode mode, LevelVersion at, Violation... violations) {
    var reasons = String.join(", ", List.of(violations).stream().map(Violation::reason).toList());
    var details = String.join(", ", List.of(violations).stream().map(Violation::message).toList());
    return new ModeVerdict(mode, at, reasons, details, List.of(violations));
  }

  static ModeVerdict allowed(Mode mode) {
    return new ModeVerdict(mode, RESTRICTED, "", "", List.of());
  }
}
