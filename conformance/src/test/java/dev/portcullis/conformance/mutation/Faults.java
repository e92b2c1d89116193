package dev.portcullis.conformance.mutation;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Check.Revision;
import dev.portcullis.policy.CheckResult;
import dev.portcullis.policy.Forbidden;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Derives faults from the checks. */
final class Faults {
  private static final List<String> PLURALS =
      List.of(
          "containers",
          "volumes",
          "annotations",
          "profiles",
          "hostPorts",
          "hosts",
          "types",
          "sysctls");

  private static final Sight CLEAR = new Sight("sees all", "", pod -> pod);

  private Faults() {}

  static String name(Check check, Revision revision) {
    return check.id() + "@" + revision.since().minor();
  }

  /** {@return every fault of every revision} */
  static List<Fault> of(List<Check> checks) {
    List<Sight> sights = Sight.all();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      Check other = checks.get((i + 1) % checks.size());
      for (int r = 0; r < check.revisions().size(); r++) {
        String revision = name(check, check.revisions().get(r));
        Check.Rule rule = check.revisions().get(r).rule();
        answers(faults, revision, rule, other.id());
        neighbours(faults, revision, check, r);
        for (Sight sight : sights) {
          boolean unread = !Reads.field(revision, sight.field());
          faults.add(new Fault(revision, sight.name(), rule, rule, sight, unread));
        }
      }
    }
    return faults;
  }

  private static void answers(
      List<Fault> faults, String revision, Check.Rule rule, String otherReason) {
    add(faults, revision, "allows everything", rule, pod -> CheckResult.ALLOWED);
    add(
        faults,
        revision,
        "allows nothing",
        rule,
        pod -> rule.check(pod) instanceof Forbidden f ? f : says("planted", ""));
    add(
        faults,
        revision,
        "gives the reason " + otherReason,
        rule,
        reworded(rule, f -> says(otherReason, f.detail())));
    add(faults, revision, "gives no detail", rule, reworded(rule, f -> says(f.reason(), "")));
    add(
        faults,
        revision,
        "doubles its detail",
        rule,
        reworded(rule, f -> says(f.reason(), f.detail() + f.detail())));
    for (String word : PLURALS) {
      var plural = Pattern.compile("\\b" + word + "(?= |$)");
      String singular = word.substring(0, word.length() - 1);
      UnaryOperator<String> one = text -> plural.matcher(text).replaceAll(singular);
      Check.Rule faulty = reworded(rule, f -> says(one.apply(f.reason()), one.apply(f.detail())));
      faults.add(
          new Fault(
              revision, "never says " + word, rule, faulty, CLEAR, !Reads.word(revision, word)));
    }
  }

  private static void neighbours(List<Fault> faults, String revision, Check check, int r) {
    Check.Rule rule = check.revisions().get(r).rule();
    if (r > 0) {
      add(faults, revision, "as before", rule, check.revisions().get(r - 1).rule());
    }
    if (r + 1 < check.revisions().size()) {
      add(faults, revision, "as after", rule, check.revisions().get(r + 1).rule());
    }
  }

  private static void add(
      List<Fault> faults, String revision, String name, Check.Rule rule, Check.Rule faulty) {
    faults.add(new Fault(revision, name, rule, faulty, CLEAR, false));
  }

  private static Check.Rule reworded(Check.Rule rule, UnaryOperator<Forbidden> change) {
    return pod -> rule.check(pod) instanceof Forbidden f ? change.apply(f) : CheckResult.ALLOWED;
  }

  private static Forbidden says(String reason, String detail) {
    return Forbidden.of(reason, () -> new Forbidden.Explanation(detail, List.of()));
  }

  /**
   * Checks that are chosen, versioned or ordered wrongly.
   *
   * @param name what is wrong
   * @param checks all of them
   * @param equivalent whether nothing can come of it, by construction
   */
  record Selection(String name, List<Check> checks, boolean equivalent) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@return every fault of the set of checks} */
  static List<Selection> selections(List<Check> checks) {
    List<Selection> faults = new ArrayList<>();
    for (Check check : checks) {
      List<Revision> revisions = check.revisions();
      faults.add(new Selection("no " + check, without(checks, check), false));
      renamed(faults, checks, check);
      for (int r = 0; r < revisions.size(); r++) {
        Revision revision = revisions.get(r);
        String name = name(check, revision);
        shift(faults, checks, check, r, 1);
        shift(faults, checks, check, r, -1);
        if (revisions.size() > 1) {
          var fewer = new ArrayList<>(revisions);
          fewer.remove(r);
          faults.add(new Selection("no revision " + name, replaced(checks, check, fewer), false));
        }
        if (!revision.overrides().isEmpty()) {
          var lost = new ArrayList<>(revisions);
          lost.set(r, new Revision(revision.since(), revision.rule(), List.of()));
          faults.add(
              new Selection(name + " overrides nothing", replaced(checks, check, lost), false));
        }
      }
    }
    return faults;
  }

  /** The order of answers follows the ids: another id, another place. */
  private static void renamed(List<Selection> faults, List<Check> checks, Check check) {
    List<String> group =
        checks.stream().filter(c -> c.level() == check.level()).map(Check::id).sorted().toList();
    boolean overridden =
        checks.stream()
            .flatMap(c -> c.revisions().stream())
            .anyMatch(r -> r.overrides().contains(check.id()));
    for (String place : List.of("!", "~")) {
      var named = new Check(place + check.id(), check.level(), check.revisions());
      var all = new ArrayList<>(checks);
      all.set(all.indexOf(check), named);
      String end = place.equals("!") ? group.getFirst() : group.getLast();
      faults.add(
          new Selection(
              check + (place.equals("!") ? " comes first" : " comes last"),
              all,
              end.equals(check.id()) && !overridden));
    }
  }

  private static void shift(
      List<Selection> faults, List<Check> checks, Check check, int r, int by) {
    List<Revision> revisions = check.revisions();
    long since = revisions.get(r).since().minor() + by;
    boolean possible =
        since >= 0
            && (r == 0 || revisions.get(r - 1).since().minor() < since)
            && (r + 1 == revisions.size() || since < revisions.get(r + 1).since().minor());
    if (possible) {
      var shifted = new ArrayList<>(revisions);
      Revision revision = revisions.get(r);
      shifted.set(r, new Revision(Version.of(since), revision.rule(), revision.overrides()));
      faults.add(
          new Selection(
              name(check, revision) + " since " + since, replaced(checks, check, shifted), false));
    }
  }

  private static List<Check> without(List<Check> checks, Check check) {
    return checks.stream().filter(c -> !c.equals(check)).toList();
  }

  private static List<Check> replaced(List<Check> checks, Check check, List<Revision> revisions) {
    return checks.stream()
        .map(c -> c.equals(check) ? new Check(c.id(), c.level(), revisions) : c)
        .toList();
  }
}
