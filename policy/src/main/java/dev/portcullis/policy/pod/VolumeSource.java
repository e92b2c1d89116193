package dev.portcullis.policy.pod;

/**
 * The kinds of volume that the Kubernetes API knows, in the order in which the reference looks for
 * them.
 */
public enum VolumeSource {
  HOST_PATH("hostPath"),
  GCE_PERSISTENT_DISK("gcePersistentDisk"),
  AWS_ELASTIC_BLOCK_STORE("awsElasticBlockStore"),
  GIT_REPO("gitRepo"),
  NFS("nfs"),
  ISCSI("iscsi"),
  GLUSTERFS("glusterfs"),
  RBD("rbd"),
  FLEX_VOLUME("flexVolume"),
  CINDER("cinder"),
  CEPHFS("cephfs"),
  FLOCKER("flocker"),
  FC("fc"),
  AZURE_FILE("azureFile"),
  VSPHERE_VOLUME("vsphereVolume"),
  QUOBYTE("quobyte"),
  AZURE_DISK("azureDisk"),
  PHOTON_PERSISTENT_DISK("photonPersistentDisk"),
  PORTWORX_VOLUME("portworxVolume"),
  SCALE_IO("scaleIO"),
  STORAGEOS("storageos"),
  CONFIG_MAP("configMap"),
  CSI("csi"),
  DOWNWARD_API("downwardAPI"),
  EMPTY_DIR("emptyDir"),
  EPHEMERAL("ephemeral"),
  IMAGE("image"),
  PERSISTENT_VOLUME_CLAIM("persistentVolumeClaim"),
  PROJECTED("projected"),
  SECRET("secret");

  private final String field;

  VolumeSource(String field) {
    this.field = field;
  }

  /** {@return the name of its field in a volume} */
  public String field() {
    return field;
  }

  /** {@return this source as a bit of {@link VolumeView#sources()}} */
  @SuppressWarnings("EnumOrdinal") // A set that is one number: never stored, never sent.
  public long bit() {
    return 1L << ordinal();
  }

  /** {@return these sources as a set of bits, see {@link VolumeView#sources()}} */
  public static long bits(VolumeSource... sources) {
    long bits = 0;
    for (VolumeSource source : sources) {
      bits |= source.bit();
    }
    return bits;
  }
}
