package dev.portcullis.policy.pod;

/**
 * A volume of a pod.
 *
 * @param name its name, empty when absent
 * @param sources the known sources that are set, as bits, see {@link VolumeSource#bit}; usually one
 */
public record VolumeView(String name, long sources) {
  /** {@return whether this source is set} */
  public boolean has(VolumeSource source) {
    return (sources & source.bit()) != 0;
  }

  /** {@return whether one of these sources is set, see {@link VolumeSource#bits}} */
  public boolean hasAny(long bits) {
    return (sources & bits) != 0;
  }
}
