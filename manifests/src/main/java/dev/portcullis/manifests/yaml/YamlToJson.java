package dev.portcullis.manifests.yaml;

import java.util.List;

/**
 * YAML to JSON, byte for byte as {@code sigs.k8s.io/yaml} converts it: first document only, keys
 * sorted, repeated keys judged as stated.
 */
public final class YamlToJson {
  private YamlToJson() {}

  /**
   * {@return the first document as JSON, the last of repeated keys winning ({@code YAMLToJSON});
   * empty input is {@code null}}
   *
   * @throws YamlException if it is no YAML, larger than {@link YamlLimits#DEFAULT}, or nothing that
   *     JSON can hold
   */
  public static byte[] convert(byte[] yaml) throws YamlException {
    SourceText source = SourceText.decode(yaml, YamlLimits.DEFAULT);
    return NodeJson.sortedBytes(firstDocument(source), source);
  }

  /**
   * {@return the same, if no key repeats ({@code YAMLToJSONStrict})}
   *
   * @throws YamlException as for {@link #convert}, or for repeated keys; its message then has a
   *     line for each
   */
  public static byte[] convertStrict(byte[] yaml) throws YamlException {
    SourceText source = SourceText.decode(yaml, YamlLimits.DEFAULT);
    Node root = firstDocument(source);
    List<RepeatedKeys.Repeated> repeated = RepeatedKeys.in(root, source);
    if (!repeated.isEmpty()) {
      throw RepeatedKeys.exception(repeated);
    }
    return NodeJson.sortedBytes(root, source);
  }

  private static Node firstDocument(SourceText source) throws YamlException {
    Document document = new DocumentReader(source, YamlLimits.DEFAULT).next();
    return document == null
        ? new Scalar(0, 0, null, Style.PLAIN, "", null, false)
        : document.root();
  }
}
