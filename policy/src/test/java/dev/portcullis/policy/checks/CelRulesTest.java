package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each revision is there as an expression too; the exporter's tests say that it is the same. */
class CelRulesTest {
  @Test
  void everyRevisionHasAnExpressionThatCanObject() {
    var without = new ArrayList<String>();
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        CelRule cel = revision.cel();
        if (cel == null
            || cel.text().isEmpty()
            || (cel.pod() + cel.context() + cel.container() + cel.volume()).isEmpty()) {
          without.add(check.id() + " since " + revision.since());
        }
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void rulesOfOneNameDifferInTheirExemptionOnly() {
    Map<String, CelRule> byName = new HashMap<>();
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        CelRule cel = revision.cel();
        if (cel != null) {
          CelRule plain = cel.unless("");
          assertThat(byName.merge(cel.name(), plain, (before, now) -> before)).isEqualTo(plain);
        }
      }
    }
  }

  @Test
  void aSecurityContextThatMayBeAbsentIsOnlyReadOptionally() {
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        CelRule cel = revision.cel();
        if (cel != null) {
          assertThat(cel.context()).as(check.id()).doesNotContainPattern("\\bcontext\\b(?!\\.\\?)");
        }
      }
    }
  }
}
