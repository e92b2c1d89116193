# What the scripts beside this share: sourced by them, in the folder benchmarks.
# shellcheck shell=bash disable=SC2034 # the variables are for those who source this
root=$(cd .. && pwd)
build=$PWD/.build
mkdir -p "$build"

say() { printf '== %s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "benchmarks/${0##*/}" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 2
}

need() {
  local tool
  for tool; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it first."
  done
}

machine() {
  echo "$(nproc) processors ($(awk -F: '/model name/ { print $2; exit }' /proc/cpuinfo | xargs)), $(date -u +%F), load before the run $(cut -d' ' -f1 /proc/loadavg)"
}

version_of() { # module file, module: its version
  awk -v module="$2" '$1 == module { print $2; exit } $2 == module { print $3; exit }' "$1"
}

# Reads numbers, prints the middle one.
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

build_portcullis() {
  (cd "$root" && ./mvnw -B -q -Dquick -Dmaven.test.skip=true -pl cli,benchmarks -am package)
  java_home=$(PORTCULLIS_SHOW_JAVA=1 "$root/portcullis")
  java=$java_home/bin/java
  classpath=$root/benchmarks/target/classes:$(printf '%s:' "$root"/cli/target/lib/*.jar)$root/cli/target/portcullis.jar
  native=$root/cli/target/native/META-INF/native
  export PORTCULLIS_NO_BUILD=1
  # Makes the class archives, so that no measured start does.
  "$root/portcullis" --version >/dev/null
  "$root/portcullis" serve --rehearse --cluster "$root/examples/cluster" --port 0 --metrics-port 0 >/dev/null
}

build_measure() { (cd reference && go build -o "$build/measure" ./measure); }
