# Sourced by both launchers: what the JVM cannot find out, or would get wrong, about the standard streams and names.
# Sets $streams, options for the JVM. The first argument is the command.

# Where a stream is closed, the next file that the JVM opens takes its place, and output would go into that.
true 3>&2 || exec 2>/dev/null
{ true 3<&0; } 2>/dev/null || exec </dev/null
if ! { true 3>&1; } 2>/dev/null; then
  if [ "${1:-}" != serve ]; then
    echo 'portcullis: standard output is closed' >&2
    exit 2
  fi
  exec >/dev/null
fi

# In a locale of ASCII alone the JVM can open no file whose name has other characters.
case $(locale charmap 2>/dev/null) in
  '' | ANSI_X3.4-1968 | US-ASCII)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac

# Colours, progress and the width of text depend on these.
terminal=
[ -t 0 ] && terminal=in,
[ -t 1 ] && terminal=${terminal}out,
[ -t 2 ] && terminal=${terminal}err
streams=-Dportcullis.terminal=$terminal
case $terminal in
  *out* | *err*)
    size=$(stty size 2>/dev/null </dev/tty) || size="0 ${COLUMNS:-0}"
    streams="$streams -Dportcullis.width=${size#* }"
    ;;
esac
