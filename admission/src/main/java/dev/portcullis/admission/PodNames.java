package dev.portcullis.admission;

/** Whether whoever asks for a stricter level is told which pods violate it. */
public enum PodNames {
  /** Pods are named, as the reference does it: where only the API server can ask. */
  SHOWN,
  /** Pods are counted: where anybody who reaches the port could ask for the names. */
  COUNTED
}
