#!/bin/sh
# Turns on Fault Tolerance for the VM smp-ft-demo, step by step, with curl and sed alone; then fails the host under it.
#
#     npm start                              in one terminal, and in another:
#     sh examples/turn-on-ft.sh
#
# or both at once:
#
#     npx fauxsphere exec -- sh examples/turn-on-ft.sh
set -eu

VC=${FAUXSPHERE_URL:-https://127.0.0.1:8989}
VIM=$VC/sdk/vim25/8.0.3.0
LOGIN=${VSPHERE_USER:-administrator@vsphere.local}:${VSPHERE_PASSWORD:-VMware1!}
TOKEN=

# Every request. A fault is an HTTP 500 whose body says why. We trust the server's own authority where we know it.
ask() {
  if [ -n "${FAUXSPHERE_CA_FILE:-}" ]; then set -- --cacert "$FAUXSPHERE_CA_FILE" "$@"; else set -- --insecure "$@"; fi
  curl --silent --show-error --fail-with-body -H "vmware-api-session-id: $TOKEN" -H 'content-type: application/json' "$@"
}
property() { ask "$VIM/$1/$2/$3"; }                   # TYPE ID PROPERTY
call() { ask -X POST "$VIM/$1/$2/$3" -d "$4"; }       # TYPE ID METHOD ARGUMENTS

# What we need of JSON: the id in a reference, the id in a reference with a name, a text with a name.
value() { sed 's/.*"value":"\([^"]*\)".*/\1/'; }
id_of() { sed "s/.*\"$1\":\[\{0,1\}{[^}]*\"value\":\"\([^\"]*\)\".*/\1/"; }
text_of() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }

vm_at() { call SearchIndex SearchIndex FindByInventoryPath "{\"inventoryPath\":\"$1\"}" | value; }
host_of() { property HostSystem "$(property VirtualMachine "$1" runtime | id_of host)" name | tr -d '"'; }
protection_of() { property VirtualMachine "$1" runtime | text_of faultToleranceState; }

# A method that makes a task, and its end.
finish() {
  task=$(call "$1" "$2" "$3" '{}' | value)
  while info=$(property Task "$task" info); do
    state=$(echo "$info" | text_of state)
    case $state in queued | running) sleep 1 ;; *) break ;; esac
  done
  echo "$3: $state"
  [ "$state" = success ] || { echo "$info" | text_of localizedMessage >&2; exit 1; }
}

# 1. Log in: the answer is a token, as a JSON text.
TOKEN=$(ask -X POST -u "$LOGIN" "$VC/api/session" | tr -d '"')

# 2. The VM, and what of it speaks against Fault Tolerance: an empty list.
VM=$(vm_at Lab/vm/smp-ft-demo)
echo "smp-ft-demo is $VM on $(host_of "$VM")"
echo "In its way: $(call VirtualMachine "$VM" QueryFaultToleranceCompatibilityEx '{}')"

# 3. Turn it on: a secondary comes to life on another host.
finish VirtualMachine "$VM" CreateSecondaryVMEx_Task
SECONDARY=$(property VirtualMachine "$VM" config | id_of secondaries)
echo "$VM is $(protection_of "$VM"), its secondary $SECONDARY is on $(host_of "$SECONDARY")"

# 4. The primary's host is a VM itself. Cut its power: the secondary takes over.
NESTED=$(host_of "$VM" | cut -d. -f1)
finish VirtualMachine "$(vm_at "Lab/vm/$NESTED")" PowerOffVM_Task
property VirtualMachine "$SECONDARY" config | grep -q '"role":1' && role=primary || role=secondary
echo "$NESTED has failed; $SECONDARY is the $role now, on $(host_of "$SECONDARY")"

# 5. Log out.
ask -X DELETE "$VC/api/session"
