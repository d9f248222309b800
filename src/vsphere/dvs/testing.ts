import { data } from '#vim25/data.js'
import type {
  DistributedVirtualPort,
  DistributedVirtualSwitchPortConnection,
  DVPortgroupConfigSpec,
  DVSConfigSpec,
  ManagedObjectReference,
  TaskInfo,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VMwareDVSConfigInfo,
} from '#vim25/generated/types.js'
import { createVmLab, type VmLab, type VmLabOptions } from '../vm/testing.js'
import { connectionOf } from './ports.js'

export interface DvsLab extends VmLab {
  readonly networkFolder: string
  /** CreateDVS_Task in the network folder. */
  createDvs(spec?: Partial<DVSConfigSpec>, version?: string): string
  /** ReconfigureDvs_Task with the present configVersion. */
  change(dvs: string, spec: Partial<DVSConfigSpec> & Record<string, unknown>): TaskInfo
  /** The fault that this ends with. */
  refusal(dvs: string, spec: Partial<DVSConfigSpec> & Record<string, unknown>): string
  /** CreateDVPortgroup_Task. */
  createGroup(dvs: string, name: string, spec?: Partial<DVPortgroupConfigSpec>): string
  dvsConfig(dvs: string): VMwareDVSConfigInfo
  ports(dvs: string, criteria?: object): readonly DistributedVirtualPort[]
  /** A backing on the port group. */
  backing(group: string, portKey?: string): VirtualEthernetCardDistributedVirtualPortBackingInfo
  /** What the VM's card is connected to. */
  port(vm: string, card?: number): DistributedVirtualSwitchPortConnection
}

export const member = (
  operation: 'add' | 'edit' | 'remove',
  host: ManagedObjectReference,
  ...pnics: readonly string[]
) =>
  data('DistributedVirtualSwitchHostMemberConfigSpec', {
    operation,
    host,
    backing:
      operation === 'remove'
        ? undefined
        : data('DistributedVirtualSwitchHostMemberPnicBacking', {
            pnicSpec: pnics.map((pnicDevice) =>
              data('DistributedVirtualSwitchHostMemberPnicSpec', { pnicDevice }),
            ),
          }),
  })

export const vlan = (vlanId: number) =>
  data('VMwareDVSPortSetting', {
    vlan: data('VmwareDistributedVirtualSwitchVlanIdSpec', { inherited: false, vlanId }),
  })

/** The lab of VMs, with two hosts that have a free vmnic1 each. */
export function createDvsLab(options: VmLabOptions = {}): DvsLab {
  const lab = createVmLab(options)
  const { get } = lab
  lab.act(({ tx }) => tx.create('DistributedVirtualSwitchManager', 'DVSManager', {}))
  const { read } = lab.sandbox.inventory
  const networkFolder = read.get('Datacenter', lab.datacenter).networkFolder.value
  const reading = () => lab.sandbox.inventory.read
  const dvsConfig = (dvs: string) =>
    reading().get('DistributedVirtualSwitch', dvs).config as VMwareDVSConfigInfo
  const specOf = (dvs: string, spec: object) =>
    data('VMwareDVSConfigSpec', { configVersion: dvsConfig(dvs).configVersion, ...spec })
  const result = (info: TaskInfo): string => {
    if (info.error) throw new Error(`${info.descriptionId} failed: ${JSON.stringify(info.error)}`)
    return (info.result as ManagedObjectReference).value
  }
  const VDS = 'VmwareDistributedVirtualSwitch'
  return Object.assign(lab, {
    networkFolder,
    createDvs: (spec: Partial<DVSConfigSpec> = {}, version?: string) =>
      result(
        lab.task('Folder', networkFolder, 'CreateDVS_Task', {
          spec: data('DVSCreateSpec', {
            configSpec: data('VMwareDVSConfigSpec', { name: 'VDS', ...spec }),
            productInfo: version ? data('DistributedVirtualSwitchProductSpec', { version }) : undefined,
          }),
        }),
      ),
    change: (dvs: string, spec: object) =>
      lab.task(VDS, dvs, 'ReconfigureDvs_Task', { spec: specOf(dvs, spec) }),
    refusal: (dvs: string, spec: object) =>
      lab.fault(VDS, dvs, 'ReconfigureDvs_Task', { spec: specOf(dvs, spec) })._typeName,
    createGroup: (dvs: string, name: string, spec: Partial<DVPortgroupConfigSpec> = {}) =>
      result(
        lab.task(VDS, dvs, 'CreateDVPortgroup_Task', {
          spec: data('DVPortgroupConfigSpec', { name, type: 'earlyBinding', ...spec }),
        }),
      ),
    dvsConfig,
    ports: (dvs: string, criteria?: object) =>
      lab.call(VDS, dvs, 'FetchDVPorts', {
        criteria: criteria && data('DistributedVirtualSwitchPortCriteria', criteria),
      }) as readonly DistributedVirtualPort[],
    backing(group: string, portKey?: string) {
      const dvs =
        reading().get('DistributedVirtualPortgroup', group).config.distributedVirtualSwitch?.value ?? ''
      return data('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
        port: data('DistributedVirtualSwitchPortConnection', {
          switchUuid: reading().get('DistributedVirtualSwitch', dvs).uuid,
          portgroupKey: group,
          portKey,
        }),
      })
    },
    port(vm: string, card = 4000) {
      const device = lab.device(vm, card)
      const port = device && connectionOf(device)
      if (!port) throw new Error(`${vm} has no card ${card} on a distributed port.`)
      return port
    },
    get<T = unknown>(type: string, id: string, path: string): T {
      const [property = '', ...members] = path.split('.')
      const inside = (value: unknown, member: string) => (value as Record<string, unknown>)[member]
      return members.reduce(inside, get(type, id, property)) as T
    },
  })
}
