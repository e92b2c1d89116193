# Sourced by what needs a JDK: finds one of version 25 or newer.

# Sets $major and $version to the versions of the Java in folder $1, and tells whether it is 25 or newer.
is_new_enough() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  version= major=0
  while IFS== read -r key value; do
    value=${value#\"}
    value=${value%\"}
    case $key in
      JAVA_VERSION) major=${value%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION) version=$value ;;
    esac
  done <"$1/release"
  [ "${major:-0}" -ge 25 ]
}

# Sets $java_home to the first Java in JAVA_HOME, the usual folders and PATH that the command $1 (is_new_enough if none is
# given) accepts, and fails if there is none.
find_jdk() {
  for java_home in \
    "${JAVA_HOME:-/none}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/none}"/.sdkman/candidates/java/* "${HOME:-/none}"/.jdks/* \
    "${HOME:-/none}"/.asdf/installs/java/* "${HOME:-/none}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    "${1:-is_new_enough}" "$java_home" && return
  done
  java_home=$(command -v java) && java_home=$(readlink -f "$java_home") || return
  java_home=${java_home%/bin/java}
  "${1:-is_new_enough}" "$java_home"
}
