# Draws the samples of "perf script -F comm,ip,sym" as an icicle in SVG: callers above, width is time.
# Variables: root (only stacks with this symbol, and only below it), title, least (per cent a frame must have to be drawn).
function shorten(symbol) {
  sub(/\(.*/, "", symbol)               # arguments
  sub(/^.* /, "", symbol)               # what it returns
  sub(/\$\$Lambda\/0x[0-9a-f]+/, ".lambda", symbol)
  if (symbol ~ /^(io|java|sun|jdk|dev|com)\./) {
    n = split(symbol, part, ".")
    if (n > 1) return part[n - 1] "." part[n]
  }
  return symbol
}
function owner(symbol) {
  if (symbol ~ /dev\.portcullis/) return "ours"
  if (symbol ~ /io\.netty\.(handler\.ssl|internal\.tcnative)/) return "tls"
  if (symbol ~ /io\.netty/) return "netty"
  if (symbol ~ /io\.vertx/) return "vertx"
  if (symbol ~ /(^| )(java|sun|jdk|com\.sun)\./) return "jdk"
  return "?"
}
function flush_sample(   i, path, kernel, what, depth, name) {
  if (!frames) return
  for (i = frames; i >= 1 && index(symbols[i], root) == 0; i--);
  if (i < 1) { frames = 0; return }
  total++
  path = ""; kernel = 0; depth = 0
  for (; i >= 1; i--) {
    name = shorten(symbols[i])
    what = owner(symbols[i])
    if (addresses[i] ~ /^ffffffff/) { what = "kernel"; if (++kernel > 7) break }
    else if (what == "?") what = parent_owner == "tls" || name ~ /SSL|ssl|aes|gcm|CRYPTO|BIO|bssl/ ? "tls" : "native"
    if (name == "Interpreter" || name == last) continue
    if (++depth > 34) break
    if (!((path, name) in child)) { child[path, name] = path "/" name; kids[path] = kids[path] (kids[path] ? "\t" : "") name }
    path = child[path, name]
    samples[path]++
    owners[path] = what
    parent_owner = what
    last = name
  }
  frames = 0; last = ""
}
function draw(path, left, depth,   n, list, i, j, t, width, name, x, next_path, shown) {
  n = split(kids[path], list, "\t")
  for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
    if (samples[child[path, list[j]]] > samples[child[path, list[i]]]) { t = list[i]; list[i] = list[j]; list[j] = t }
  x = left
  for (i = 1; i <= n; i++) {
    next_path = child[path, list[i]]
    width = 1180 * samples[next_path] / total
    if (100 * samples[next_path] / total >= least) {
      if (depth > deepest) deepest = depth
      name = list[i]
      gsub(/&/, "\\&amp;", name); gsub(/</, "\\&lt;", name); gsub(/>/, "\\&gt;", name)
      shown = length(name) * 6.1 > width - 6 ? substr(name, 1, int((width - 6) / 6.1)) : name
      if (shown ~ /&[a-z]*$/) sub(/&[a-z]*$/, "", shown)
      out = out sprintf("<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>%s</g>\n", \
        name, 100 * samples[next_path] / total, x, 52 + depth * 17, width - 0.6, colour[owners[next_path]], \
        width < 24 ? "" : sprintf("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 3, 64 + depth * 17, shown))
      draw(next_path, x, depth + 1)
    }
    x += width
  }
}
BEGIN {
  colour["ours"] = "#f2a65a"; colour["tls"] = "#7fc8a9"; colour["netty"] = "#8fb8de"; colour["vertx"] = "#b9a7d6"
  colour["jdk"] = "#d8d8c0"; colour["kernel"] = "#c4c4c4"; colour["native"] = "#e2e2e2"
}
/^[^ \t]/ { flush_sample(); next }
/^[ \t]+[0-9a-f]+ / { frames++; addresses[frames] = $1; line = $0; sub(/^[ \t]+[0-9a-f]+ /, "", line); symbols[frames] = line }
END {
  flush_sample()
  draw("", 10, 0)
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 %d\" font-family=\"monospace\" font-size=\"10\">\n", 60 + (deepest + 1) * 17
  printf "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n<text x=\"10\" y=\"20\" font-size=\"14\">%s</text>\n", title
  x = 10
  split("ours tls netty vertx jdk kernel native", key, " ")
  split("Portcullis|TLS (Netty, BoringSSL)|Netty|Vert.x|JDK|kernel|other native code", label, "|")
  for (i = 1; i <= 7; i++) {
    printf "<rect x=\"%d\" y=\"30\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"40\">%s</text>\n", x, colour[key[i]], x + 16, label[i]
    x += 30 + length(label[i]) * 6.2
  }
  printf "%s</svg>\n", out
}
