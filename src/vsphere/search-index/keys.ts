import { type Index, index } from '#inventory/indexes.js'
import type {
  HostSystemProperties,
  ManagedEntityProperties,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'

/** What machines are found by; a key is one of these, a blank and the value, in lower case. */
export type SearchKey = 'uuid' | 'instance' | 'ip' | 'name'

export const searchKey = (kind: SearchKey, value: string) => `${kind} ${value.toLowerCase()}`

/** Paths keep their case. */
export const pathKey = (path: string) => `path ${path}`

const keyOf = (kind: SearchKey, value: string | undefined) => (value ? searchKey(kind, value) : undefined)

type Vm = Partial<VirtualMachineProperties>
type Host = Partial<HostSystemProperties> & ManagedEntityProperties

/**
 * VMs by BIOS and instance UUID, by what VMware Tools report (addresses and host name) and by the path of their
 * configuration file; that one keeps its case.
 */
export const virtualMachineKeys: Index = index<Vm>({
  name: 'search.virtualMachine',
  type: 'VirtualMachine',
  inputs: [
    'config.uuid',
    'config.instanceUuid',
    'config.files.vmPathName',
    'guest.ipAddress',
    'guest.net',
    'guest.hostName',
  ],
  keys: ({ config, guest }) =>
    unique([
      keyOf('uuid', config?.uuid),
      keyOf('instance', config?.instanceUuid),
      config?.files?.vmPathName && pathKey(config.files.vmPathName),
      keyOf('ip', guest?.ipAddress),
      ...(guest?.net ?? []).flatMap(({ ipAddress }) => (ipAddress ?? []).map((ip) => keyOf('ip', ip))),
      keyOf('name', guest?.hostName),
    ]),
})

/** Hosts by hardware UUID, by the addresses of their vmkernel adapters, and by name with and without domain. */
export const hostKeys: Index = index<Host>({
  name: 'search.host',
  type: 'HostSystem',
  inputs: ['name', 'hardware.systemInfo.uuid', 'config.network.vnic', 'config.network.dnsConfig'],
  keys: ({ name, hardware, config }) => {
    const { vnic = [], dnsConfig } = config?.network ?? {}
    const { hostName, domainName } = dnsConfig ?? {}
    return unique([
      keyOf('uuid', hardware?.systemInfo?.uuid),
      ...vnic.map(({ spec }) => keyOf('ip', spec?.ip?.ipAddress)),
      keyOf(isAddress(name) ? 'ip' : 'name', name),
      keyOf('name', hostName),
      keyOf('name', hostName && domainName ? `${hostName}.${domainName}` : undefined),
    ])
  },
})

const isAddress = (name: string) => /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':')

const unique = (keys: readonly (string | undefined)[]) => [...new Set(keys)]
