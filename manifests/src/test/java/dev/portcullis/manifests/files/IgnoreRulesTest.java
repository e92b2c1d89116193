package dev.portcullis.manifests.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  /** What {@code git check-ignore} answers for the same pattern and path. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          pattern,       path,            ignored
          build,         build/,          true
          build,         a/build/,        true
          build,         a/build,         true
          build/,        a/build,         false
          build/,        a/build/,        true
          /build,        build,           true
          /build,        a/build,         false
          a/build,       a/build,         true
          a/build,       b/a/build,       false
          *.yaml,        a/b/x.yaml,      true
          *.yaml,        a/b/x.yml,       false
          /*.yaml,       a/x.yaml,        false
          a/*,           a/x,             true
          a/*,           a/b/x,           false
          a/**,          a/b/x,           true
          a/**,          a,               false
          **/x,          x,               true
          **/x,          a/b/x,           true
          a/**/x,        a/x,             true
          a/**/x,        a/b/c/x,         true
          a/**/x,        b/a/c/x,         false
          x?.yaml,       x1.yaml,         true
          x?.yaml,       x12.yaml,        false
          [a-c].yaml,    b.yaml,          true
          [a-c].yaml,    d.yaml,          false
          [!a-c].yaml,   d.yaml,          true
          [^a].yaml,     a.yaml,          false
          []x].yaml,     ].yaml,          true
          a*b*c,         aXbXbXc,         true
          a*b*c,         aXcXb,           false
          \\#x,          #x,              true
          \\!x,          !x,              true
          #x,            #x,              false
          x\\*,          x*,              true
          x\\*,          xy,              false
          日本*,          日本語.yaml,      true
          """,
      useHeadersInDisplayName = true)
  void aPatternMatchesAsInGit(String pattern, String path, boolean ignored) {
    boolean folder = path.endsWith("/");
    var rules = IgnoreRules.of(null, 0, List.of(pattern));
    List<String> parts = List.of((folder ? path.substring(0, path.length() - 1) : path).split("/"));
    assertThat(IgnoreRules.ignores(rules, parts, folder)).isEqualTo(ignored);
  }

  @Test
  void theLastLineOfTheInnermostFileDecides() {
    var outer = IgnoreRules.of(null, 0, List.of("*.yaml", "!keep.yaml", "*.json"));
    var inner = IgnoreRules.of(outer, 1, List.of("/keep.yaml", "!x.json"));
    assertThat(IgnoreRules.ignores(outer, List.of("x.yaml"), false)).isTrue();
    assertThat(IgnoreRules.ignores(outer, List.of("keep.yaml"), false)).isFalse();
    assertThat(IgnoreRules.ignores(inner, List.of("a", "keep.yaml"), false)).isTrue();
    assertThat(IgnoreRules.ignores(inner, List.of("a", "b", "keep.yaml"), false)).isFalse();
    assertThat(IgnoreRules.ignores(inner, List.of("a", "x.json"), false)).isFalse();
    assertThat(IgnoreRules.ignores(inner, List.of("a", "y.json"), false)).isTrue();
  }

  @Test
  void blankLinesCommentsAndTrailingSpacesMeanNothing() {
    var rules = IgnoreRules.of(null, 0, List.of("", "   ", "/", "!", "# x", "y  ", "z\r"));
    assertThat(IgnoreRules.ignores(rules, List.of("x"), false)).isFalse();
    assertThat(IgnoreRules.ignores(rules, List.of("y"), false)).isTrue();
    assertThat(IgnoreRules.ignores(rules, List.of("z"), false)).isTrue();
  }

  @Test
  void aHostilePatternEndsSoon() {
    var rules =
        IgnoreRules.of(null, 0, List.of("a*".repeat(2_000) + "b", "**/a/".repeat(500) + "b"));
    List<String> deep = java.util.Collections.nCopies(500, "a");
    assertThat(IgnoreRules.ignores(rules, List.of("a".repeat(4_000)), false)).isFalse();
    assertThat(IgnoreRules.ignores(rules, deep, false)).isFalse();
  }
}
