#!/bin/sh
set -eu
mkdir -p "$name/.git/hooks"
cp "$starter/mlp.cpp" "$name/"
for hook in post-checkout post-merge pre-commit fsmonitor-watchman; do
  printf '#!/bin/sh\ntouch /tmp/left-by-an-attack\n' > "$name/.git/hooks/$hook"
  chmod +x "$name/.git/hooks/$hook"
done
printf '[core]\n\tfsmonitor = "touch /tmp/left-by-an-attack"\n\tpager = "touch /tmp/left-by-an-attack"\n' > "$name/.git/config"
