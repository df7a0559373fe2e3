#!/bin/bash
# The first process of a node, in namespaces of its own: whatever is mounted, routed or started from here on is gone with it.
# Environment: NODE_FOLDER, NODE_ADDRESS, NODE_NAME. Arguments: the command that runs the node's parts.
set -euo pipefail

hostname "$NODE_NAME"

# Folders that some programs insist on are the node's own here.
for folder in lib log; do
  mkdir -p "$NODE_FOLDER/overlays/$folder"
  mount --bind "$NODE_FOLDER/overlays/$folder" "/var/$folder"
done
mount -t tmpfs -o mode=755 tmpfs /run

# The kubelet insists on these settings, which are the whole machine's: it shall read them, and nobody change them.
pretend() {
  local setting="/proc/sys/$1" value="$2" file="/run/settings/$1"
  [[ ! -e $setting || $(<"$setting") == "$value" ]] && return
  mkdir -p "${file%/*}"
  echo "$value" >"$file"
  mount --bind "$file" "$setting"
}
pretend vm/overcommit_memory 1
pretend vm/panic_on_oom 0
pretend kernel/panic 10
pretend kernel/panic_on_oops 1
pretend kernel/keys/root_maxkeys 1000000
pretend kernel/keys/root_maxbytes 25000000

# There is no name server but the cluster's own.
mount --bind "$NODE_FOLDER/config/resolv.conf" "$(readlink -f /etc/resolv.conf)"

# A bridge without ports: an address to be reached at, and a route for what services' rules will send elsewhere.
ip link set lo up
ip link add node0 type bridge
ip address add "$NODE_ADDRESS/32" dev node0
ip link set node0 up
ip route add default dev node0
echo 1 >/proc/sys/net/ipv4/ip_forward

"$@" &
trap 'kill -TERM "$!"' TERM INT
# A signal ends the waiting early; what others leave behind the shell collects meanwhile.
while kill -0 "$!" 2>/dev/null; do wait "$!" || true; done
