package dev.portcullis.policy.pod;

/**
 * The SELinux options of a pod or container, as far as checks read them; absent texts are empty.
 *
 * @param type the type
 * @param user the user
 * @param role the role
 */
public record SeLinuxOptions(String type, String user, String role) {}
