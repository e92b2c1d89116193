package dev.portcullis.policy.pod;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Golden;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What odd JSON comes to, row by row of docs/reference-decoding.md. {@code decoding.jsonl} holds
 * each document, a character a byte, with our verdicts or our error; the Go reference gives the
 * same verdicts, and an error where we do.
 */
class DecodingTest {
  private static final List<LevelVersion> PAIRS =
      List.of(
          new LevelVersion(Level.RESTRICTED, Version.of(18)),
          new LevelVersion(Level.BASELINE, Version.LATEST),
          new LevelVersion(Level.RESTRICTED, Version.LATEST));

  private static final String REPEATED_KEYS =
      """
      {"spec":{"hostPID":true,"hostPID":false}}
      {"spec":{"hostPID":true,"hostPID":null}}
      {"spec":{"hostUsers":false,"hostUsers":null,"containers":[{"securityContext":{"runAsUser":0}}]}}
      {"spec":{"hostUsers":false,"containers":[{"securityContext":{"runAsUser":0}}]}}
      {"spec":{"hostPID":true},"spec":{"hostIPC":true}}
      {"spec":{"hostPID":true},"spec":null}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"}},"metadata":{}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"}},"metadata":null}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"},"annotations":{}}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"},"annotations":null}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x","seccomp.security.alpha.kubernetes.io/pod":"runtime/default"}}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"runtime/default","seccomp.security.alpha.kubernetes.io/pod":null}}}
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true}}],"containers":[{"name":"b"}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true,"privileged":null}}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true},"securityContext":{"procMount":"x"}}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true},"securityContext":null}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"privileged":true},"securityContext":null,"securityContext":{}}]}}
      {"spec":{"containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"c"}],"containers":[{},{}]}}
      {"spec":{"containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"c"}],"containers":[{},{},{}]}}
      {"spec":{"containers":[{"name":"a"},{"name":"b"}],"containers":[],"containers":[{},{}]}}
      {"spec":{"containers":[{"name":"a"},{"name":"b"}],"containers":null,"containers":[{},{}]}}
      {"spec":{"containers":[{"name":"a"},{"name":"b"}],"containers":[null,null]}}
      {"spec":{"containers":[{"name":"a"}]},"spec":{"containers":[{"image":"x"},{"name":"z"}]}}
      {"spec":{"initContainers":[{"name":"i"}],"containers":[{"name":"a"}],"initContainers":[{}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":80},{"hostPort":81}],"ports":[{}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":80},{"hostPort":81}],"ports":[{}],"ports":[{},null]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":80}],"ports":[{"hostPort":null}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":80}],"ports":[]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":80},{"hostPort":81}]}],"containers":[{"ports":[{}]}],"containers":[{"ports":[{},{}]}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"capabilities":{"add":["X","Y"],"add":["Z"]}}}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"capabilities":{"add":["X","Y"],"add":["Z"],"add":[null,null]}}}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"capabilities":{"add":["X","Y"]},"capabilities":{"drop":["ALL"]}}}]}}
      {"spec":{"containers":[{"name":"a","securityContext":{"capabilities":{"add":["X"]},"capabilities":null,"capabilities":{"add":[null]}}}]}}
      {"spec":{"securityContext":{"sysctls":[{"name":"a"},{"name":"b"}],"sysctls":[{"name":"c"}]}}}
      {"spec":{"securityContext":{"sysctls":[{"name":"a"},{"name":"b"}],"sysctls":[{"name":null}],"sysctls":[null,{},{}]}}}
      {"spec":{"securityContext":{"sysctls":[{"name":"a"}],"sysctls":null,"sysctls":[{}]}}}
      {"spec":{"securityContext":{"sysctls":[{"name":"a"}]},"securityContext":null,"securityContext":{"sysctls":[{}]}}}
      {"spec":{"securityContext":{"seLinuxOptions":{"user":"u"},"seLinuxOptions":{"role":"r"}}}}
      {"spec":{"securityContext":{"seLinuxOptions":{"user":"u"},"seLinuxOptions":null}}}
      {"spec":{"securityContext":{"seLinuxOptions":{"user":"u","user":null}}}}
      {"spec":{"securityContext":{"seccompProfile":{"type":"Unconfined"},"seccompProfile":{}}}}
      {"spec":{"securityContext":{"seccompProfile":{"type":"Unconfined","type":null}}}}
      {"spec":{"securityContext":{"windowsOptions":{"hostProcess":true},"windowsOptions":{}}}}
      {"spec":{"securityContext":{"windowsOptions":{"hostProcess":true,"hostProcess":null}}}}
      {"spec":{"os":{"name":"windows"},"os":{},"containers":[{"securityContext":{"capabilities":{"add":["X"]}}}]}}
      {"spec":{"os":{"name":"windows"},"os":null,"containers":[{"securityContext":{"capabilities":{"add":["X"]}}}]}}
      {"spec":{"os":{"name":"windows","name":null},"containers":[{"securityContext":{"capabilities":{"add":["X"]}}}]}}
      {"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"}}],"volumes":[{"emptyDir":{}}]}}
      {"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"},"hostPath":null}]}}
      {"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"}},{"name":"w","nfs":{"path":"/","server":"s"}}],"volumes":[{"hostPath":null}],"volumes":[{},{}]}}
      {"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"}}],"volumes":[null]}}
      {"spec":{"containers":[{"name":"a","livenessProbe":{"httpGet":{"host":"h","port":1}},"livenessProbe":{"tcpSocket":{"host":"t","port":1}}}]}}
      {"spec":{"containers":[{"name":"a","livenessProbe":{"httpGet":{"host":"h","port":1}},"livenessProbe":null}]}}
      {"spec":{"containers":[{"name":"a","livenessProbe":{"httpGet":{"host":"h","port":1},"httpGet":null}}]}}
      {"spec":{"containers":[{"name":"a","livenessProbe":{"httpGet":{"host":"h","host":null,"port":1}}}]}}
      {"spec":{"containers":[{"name":"a","lifecycle":{"preStop":{"httpGet":{"host":"h","port":1}}},"lifecycle":{"postStart":{}}}]}}
      {"spec":{"containers":[{"name":"a","lifecycle":{"preStop":{"httpGet":{"host":"h","port":1}}},"lifecycle":null}]}}
      {"spec":{"containers":[{"name":"a","lifecycle":{"preStop":{"httpGet":{"host":"h","port":1}},"preStop":null}}]}}
      {"spec":{"containers":["x"],"containers":[{"name":"a"}]}}
      {"spec":{"hostPID":"x","hostPID":true}}
      {"spec":{"hostP\\u0049D":true,"hostPID":false}}
      """;

  private static final String VALUES =
      """
      null
      {}
      {"metadata":null,"spec":null}
      {"kind":"Pod","apiVersion":"v1"}
      {"spec":{"HostPID":true},"Spec":{"hostPID":true}}
      {"spec":{"\\u0068ostPID":true}}
      {"spec":{"":1,"hostPID":true}}
      {"spec":{"containers":[null]}}
      {"spec":{"volumes":[null]}}
      {"spec":{"containers":[{"name":"a","ports":[null]}]}}
      {"spec":{"securityContext":{"sysctls":[null]}}}
      {"spec":{"containers":[{"name":"a","securityContext":{"capabilities":{"add":[null]}}}]}}
      {"spec":{"containers":{}}}
      {"spec":{"containers":[[]]}}
      {"spec":{"containers":["x"]}}
      {"spec":[]}
      {"spec":{"volumes":[{"hostPath":"x"}]}}
      {"metadata":{"annotations":{"x":1}}}
      {"metadata":{"annotations":[]}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod":null}}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":-0}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":2147483647},{"hostPort":-2147483648}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":2147483648}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":1.0}]}]}}
      {"spec":{"containers":[{"name":"a","ports":[{"hostPort":"80"}]}]}}
      {"spec":{"securityContext":{"runAsUser":-0}}}
      {"spec":{"securityContext":{"runAsUser":9223372036854775807}}}
      {"spec":{"securityContext":{"runAsUser":9223372036854775808}}}
      {"spec":{"securityContext":{"runAsUser":0.0}}}
      {"spec":{"securityContext":{"runAsUser":1e0}}}
      {"spec":{"securityContext":{"runAsUser":+1}}}
      {"spec":{"securityContext":{"runAsUser":01}}}
      {"spec":{"hostPID":"true"}}
      {"spec":{"hostPID":1}}
      {"spec":{"containers":[{"name":1}]}}
      {"spec":{"unknown":{"a":[1,{"b":"\\u00zz"}]}}}
      {"spec":{"unknown":NaN}}
      {"spec":{"hostPID":true,}}
      {"spec":{"hostPID":true}} x
      {"spec":{"hostPID":true}
      {"spec":{'hostPID':true}}
      {"spec":{"containers":[{"name":"\\ud83d","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\\ud83d\\ud83d\\ude00x","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\\u0000\\/\\u007F","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\\x41"}]}}
      {"spec":{"containers":[{"name":"E\u00e2\u0082","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\u00ed\u00a0\u0080","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\u00f4\u0090\u0080\u0080","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\u00c0\u00af","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"\u00f0\u009f\u0098\u0080\u007f","securityContext":{"privileged":true}}]}}
      {"spec":{"containers":[{"name":"a\tb","securityContext":{"privileged":true}}]}}
      {"metadata":{"annotations":{"seccomp.security.alpha.kubernetes.io/pod\u00ff":"x","seccomp.security.alpha.kubernetes.io/pod":"y"}}}
      {"spec":\u00ff{}}
      """;

  private final Evaluator evaluator = Evaluator.of(Checks.standard());

  @Test
  void answersAreThoseOnDisk() throws Exception {
    var lines = new ArrayList<String>();
    for (String document : (REPEATED_KEYS + VALUES).split("\n", -1)) {
      if (!document.isEmpty()) {
        lines.add(answer(document));
      }
    }
    Golden.assertLines("decoding.jsonl", lines);
  }

  private String answer(String document) {
    var line = new StringBuilder("{\"document\":");
    JsonText.appendQuoted(line, document);
    try {
      byte[] bytes = document.getBytes(StandardCharsets.ISO_8859_1);
      PodView pod = PodDecoder.decode(JsonSlice.of(bytes), JsonLimits.STANDARD);
      for (LevelVersion at : PAIRS) {
        line.append(",\"").append(at).append("\":");
        JsonText.appendQuoted(line, evaluator.evaluate(at, pod).detail());
      }
    } catch (JsonException fault) {
      line.append(",\"error\":");
      JsonText.appendQuoted(line, String.valueOf(fault.getMessage()));
    }
    return line.append('}').toString();
  }
}
