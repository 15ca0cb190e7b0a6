#!/bin/sh
# A mermaid diagram (stdin) as SVG (stdout), drawn in Chromium by npm's mermaid:
#
#     chapters/deck/mermaid.sh MODULES/mermaid/dist/mermaid.min.js
#
# The page asks the network for nothing. Mermaid's words about a diagram that it
# cannot read go to stderr.
set -eu

browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
    test -n "$browser" || browser=$(command -v $name || true)
done
test -n "$browser" || { echo "there is no chromium here" >&2; exit 2; }
sandbox=
test "$(id -u)" != 0 || sandbox=--no-sandbox # Chromium's own rule for root
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$1" "$work/mermaid.js"
{
    echo '<!doctype html><meta charset="utf-8"><pre id="out"></pre>'
    printf '<script src="mermaid.js"></script><script id="text" type="text/plain">'
    base64 -w 0
    cat <<'END'
</script><script>
const say = (kind, text) => {
  const bytes = new TextEncoder().encode(text);
  let all = '';
  for (const byte of bytes) all += String.fromCharCode(byte);
  document.getElementById('out').textContent = `${kind}:${btoa(all)}:`;
};
const bytes = Uint8Array.from(atob(document.getElementById('text').textContent),
  (c) => c.charCodeAt(0));
mermaid.initialize({
  startOnLoad: false, securityLevel: 'strict', deterministicIds: true,
  htmlLabels: false, flowchart: { htmlLabels: false },
});
mermaid.render('drawn', new TextDecoder().decode(bytes)).then(({ svg }) => {
  const holder = document.createElement('div');
  holder.innerHTML = svg;
  const drawn = holder.querySelector('svg');
  const box = drawn.viewBox.baseVal;
  if (box && box.width > 0) {
    drawn.setAttribute('width', Math.ceil(box.width));
    drawn.setAttribute('height', Math.ceil(box.height));
  }
  say('svg', new XMLSerializer().serializeToString(drawn));
}).catch((error) => say('error', String(error.message || error)));
</script>
END
} >"$work/page.html"

"$browser" --headless $sandbox --disable-gpu --user-data-dir="$work/profile" \
    --host-resolver-rules='MAP * ~NOTFOUND' --virtual-time-budget=20000 \
    --dump-dom "file://$work/page.html" >"$work/dom" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 2; }

# What the page said: svg or error, and the words in base64.
said() { sed -n "s/.*<pre id=\"out\">$1:\([^:]*\):.*/\1/p" "$work/dom" | base64 -d; }

if grep -q 'id="out">svg:' "$work/dom"; then
    said svg
else
    said error >&2
    exit 1
fi
