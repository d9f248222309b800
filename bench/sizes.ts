/** vcsim's model with this many VMs in all: clusters of ten hosts with 250 VMs each, no standalone host. */
export const sized = (vms: number) => ({
  cluster: Math.ceil(vms / 250),
  host: 10,
  'standalone-host': 0,
  vm: Math.min(vms, 250),
})
