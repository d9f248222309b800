import type { Reader } from '#inventory/reader.js'
import type {
  VirtualDevice,
  VirtualEthernetCard,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Call, Command, Row } from '../command.js'
import { CommandError } from '../command.js'

type Vm = Readonly<VirtualMachineProperties>

/** World ids of VMs begin where those of the system end, and follow from the VM's number (deviation 98). */
const FIRST_WORLD = 2_100_000

export const worldIdOf = (vm: string): number => FIRST_WORLD + Number(vm.slice(vm.lastIndexOf('-') + 1))

interface Running {
  readonly id: string
  readonly vm: Vm
}

export const running = ({ read, host }: Pick<Call, 'read' | 'host'>): readonly Running[] =>
  (host.vm ?? [])
    .map(({ value }) => ({ id: value, vm: read.get('VirtualMachine', value) }))
    .filter(({ vm }) => vm.runtime.powerState === 'poweredOn')

const cardsOf = (vm: Vm): readonly VirtualEthernetCard[] =>
  (vm.config?.hardware.device ?? []).filter((device: VirtualDevice): device is VirtualEthernetCard =>
    isA(device._typeName, 'VirtualEthernetCard'),
  )

/** The network that a card is on; of a distributed switch the port group, the port and the switch. */
function networkOf(read: Reader, card: VirtualEthernetCard) {
  const backing = card.backing as
    | VirtualEthernetCardNetworkBackingInfo
    | VirtualEthernetCardDistributedVirtualPortBackingInfo
    | undefined
  if (backing && 'port' in backing) {
    const group = read.find('DistributedVirtualPortgroup', backing.port.portgroupKey ?? '')
    const dvs = group?.config.distributedVirtualSwitch
    return {
      name: group?.name ?? '',
      port: backing.port.portKey ?? '',
      vswitch: dvs ? (read.find('VmwareDistributedVirtualSwitch', dvs.value)?.name ?? '') : '',
    }
  }
  return { name: (backing as { deviceName?: string } | undefined)?.deviceName ?? '', port: '', vswitch: '' }
}

/** `56 4d 8a 1b ...-...`: as esxcli writes the UUID of a VM. */
function spaced(uuid: string): string {
  const bytes = uuid.replaceAll('-', '').match(/../g) ?? []
  return `${bytes.slice(0, 8).join(' ')}-${bytes.slice(8).join(' ')}`
}

/** `[nfs] a/b.vmx` is `/vmfs/volumes/<uuid>/a/b.vmx`. */
function pathOf({ read, host }: Call, path: string): string {
  const [, name = '', file = ''] = /^\[(.*?)\] (.*)$/.exec(path) ?? []
  const datastore = host.datastore?.find(({ value }) => read.find('Datastore', value)?.name === name)
  const url = datastore && read.find('Datastore', datastore.value)?.summary.url
  return `${(url ?? '').replace(/^ds:\/\//, '')}${file}`
}

export const vmCommands: readonly Command[] = [
  {
    path: 'vm.process.list',
    help: 'Lists the virtual machines that run on this host.',
    type: 'VirtualMachine',
    fields: 'Config File,Display Name,Process ID,UUID,VMX Cartel ID,World ID',
    formatter: 'simple',
    run: (call) =>
      running(call).map(({ id, vm }) => ({
        ConfigFile: pathOf(call, vm.config?.files.vmPathName ?? ''),
        DisplayName: vm.name,
        ProcessID: 0,
        UUID: spaced(vm.config?.uuid ?? ''),
        VMXCartelID: worldIdOf(id) - 1,
        WorldID: worldIdOf(id),
      })),
  },
  {
    path: 'network.vm.list',
    help: 'Lists the running virtual machines that have ports.',
    type: 'VM',
    fields: 'World ID,Name,Num Ports,Networks',
    run: ({ read, host }) =>
      running({ read, host }).flatMap(({ id, vm }): Row[] => {
        const networks = cardsOf(vm).map((card) => networkOf(read, card).name)
        if (networks.length === 0) return []
        return [{ Name: vm.name, Networks: networks, NumPorts: networks.length, WorldID: worldIdOf(id) }]
      }),
  },
  {
    path: 'network.vm.port.list',
    help: 'Lists the ports of a virtual machine.',
    type: 'Port',
    fields:
      'Port ID,vSwitch,Portgroup,DVPort ID,MAC Address,IP Address,Team Uplink,Uplink Port ID,Active Filters',
    formatter: 'simple',
    parameters: [
      { name: 'worldid', aliases: '-w --world-id', help: 'World ID of the virtual machine.', required: true },
    ],
    run: ({ read, host, argument }) => {
      const found = running({ read, host }).find(({ id }) => `${worldIdOf(id)}` === argument('worldid'))
      if (!found) throw new CommandError(`There is no virtual machine with world id ${argument('worldid')}.`)
      const { vm, id } = found
      return cardsOf(vm).map((card, at): Row => {
        const { name, port, vswitch } = networkOf(read, card)
        const group = host.config?.network?.portgroup?.find(({ spec }) => spec.name === name)
        const standard = group?.spec.vswitchName
        const uplink = host.config?.network?.vswitch?.find((item) => item.name === standard)?.pnic?.[0]
        const address = vm.guest?.net?.find(({ macAddress }) => macAddress === card.macAddress)
          ?.ipAddress?.[0]
        return {
          DVPortID: port,
          IPAddress: address ?? '0.0.0.0',
          MACAddress: card.macAddress ?? '',
          PortID: 67_108_864 + worldIdOf(id) + at,
          Portgroup: name,
          TeamUplink: uplink?.slice(uplink.lastIndexOf('-') + 1) ?? 'void',
          UplinkPortID: 0,
          vSwitch: standard ?? vswitch,
        }
      })
    },
  },
]
