package dev.portcullis.conformance.generate;

import java.util.List;

/** The texts that cases are made of: those with a meaning, and those that break careless code. */
public final class Words {
  /** The capabilities that baseline allows to add. */
  public static final List<String> DEFAULT_CAPABILITIES =
      List.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  static final List<String> ODD_CAPABILITIES = List.of("NET_RAW", "ALL", "SYS_ADMIN", "");

  /** All the sysctls that some version allows. */
  public static final List<String> SAFE_SYSCTLS =
      List.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_wmem",
          "net.ipv4.tcp_slow_start_after_idle",
          "net.ipv4.tcp_notsent_lowat");

  static final List<String> ODD_SYSCTLS =
      List.of("kernel.msgmax", "kernel.msgmax", "kernel/shm_rmid_forced", "net.ipv4.tcp_rmem ");

  /** The types of SELinux that some version allows. */
  public static final List<String> SAFE_SELINUX_TYPES =
      List.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  /**
   * What breaks careless code: quotes, controls, what Go's %q escapes, what UTF-16 and UTF-8 sort
   * differently, what JSON can only say with escapes, and near misses of words with a meaning.
   */
  public static final List<String> ODD =
      List.of(
          "",
          " ",
          "\"",
          "\\",
          "a\"b\\c\nd",
          "line\nbreak",
          "tab\there",
          "carriage\rreturn",
          "\b\f\u0000\u0001\u001f\u007f",
          "\uD83D\uDE00",
          "\uFF5E",
          "\uE000",
          "\uFFFD",
          "\uD83D",
          "\uDE00\uD83D",
          "\u2028\u2029\u200b\u00a0\u00ad\ufeff\u3000",
          "\uDB40\uDC01",
          "\u00e9\u4e2d\u6587",
          "<b>&'",
          "%s%d%q",
          "a,b",
          "80",
          "9",
          "true",
          "null",
          "windows",
          "Windows",
          "Default",
          "default",
          "Unmasked",
          "Unconfined",
          "unconfined",
          "RuntimeDefault",
          "runtimeDefault",
          "Localhost",
          "runtime/default",
          "docker/default",
          "localhost/",
          "localhost/x",
          "ALL",
          "all",
          "NET_RAW",
          "CAP_CHOWN",
          "chown",
          "NET_BIND_SERVICE",
          "SYS_ADMIN",
          "kernel.msgmax",
          "kernel/shm_rmid_forced",
          "127.0.0.1",
          "::1",
          "x".repeat(70));

  static final List<String> NAMES = List.of("a", "b", "c", "main", "z9");

  private Words() {}

  /** {@return a name of a container or volume} */
  static String name(Mood mood) {
    return mood.chance(0.02 + mood.odd()) ? mood.dice().pick(ODD) : mood.dice().pick(NAMES);
  }
}
