import { derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  FaultToleranceConfigInfo,
  HostSystemProperties,
  HostVirtualNicManagerInfo,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { type FtGroup, groupOf } from './group.js'

/** The VMs whose ftInfo shows this one's identity: its group, itself included. */
const groupMembers = (_vm: unknown, read: Reader, id: string) =>
  groupOf(read, id)?.group.members.map(({ vm }) => vm) ?? []

/** `config.ftInfo` of both halves, from the group (fact sheet A.3). */
export const ftInfo = derivation<VirtualMachineProperties>({
  name: 'VirtualMachine.config.ftInfo',
  type: 'VirtualMachine',
  outputs: ['config.ftInfo'],
  via: [
    { type: 'ftGroup', paths: ['members'], targets: ({ members }: FtGroup) => members.map(({ vm }) => vm) },
    { type: 'VirtualMachine', paths: ['config.instanceUuid', 'config.files'], targets: groupMembers },
  ],
  compute: (_vm, read, id) => ({ 'config.ftInfo': ftInfoOf(read, id) }),
})

export function ftInfoOf(read: Reader, vm: string): FaultToleranceConfigInfo | undefined {
  const found = groupOf(read, vm)
  if (!found) return undefined
  const { members } = found.group
  const configs = members.map((member) => read.find('VirtualMachine', member.vm)?.config)
  const shared = {
    role: members.findIndex((member) => member.vm === vm) + 1,
    instanceUuids: configs.map((config) => config?.instanceUuid ?? ''),
    configPaths: configs.map((config) => config?.files.vmPathName ?? ''),
  }
  return vm === found.primary
    ? data('FaultTolerancePrimaryConfigInfo', { ...shared, secondaries: [read.ref(found.secondary.vm)] })
    : data('FaultToleranceSecondaryConfigInfo', { ...shared, primaryVM: read.ref(found.primary) })
}

/** HostCapability's FT fields: what the host lacks, sorted as recorded (fact sheet A.3). */
export const hostFtCapability = derivation<HostSystemProperties>({
  name: 'HostSystem.capability.ft',
  type: 'HostSystem',
  outputs: [
    'capability.ftSupported',
    'capability.ftCompatibilityIssues',
    'capability.smpFtSupported',
    'capability.smpFtCompatibilityIssues',
  ],
  own: ['runtime.dasHostState', 'config.virtualNicManagerInfo', 'config.product'],
  compute: (host) => {
    const smp = smpFtIssues(host)
    const legacy = [...smp, ...(majorMinor(host) >= 6.5 ? ['incompatibleProduct'] : [])].sort()
    return {
      'capability.ftSupported': legacy.length === 0,
      'capability.ftCompatibilityIssues': legacy,
      'capability.smpFtSupported': smp.length === 0,
      'capability.smpFtCompatibilityIssues': smp,
    }
  },
})

/** Pure: the reasons why a host cannot run SMP-FT now. */
export function smpFtIssues(host: Pick<HostSystemProperties, 'runtime' | 'config'>): readonly string[] {
  const state = host.runtime.dasHostState?.state
  const nics = host.config?.virtualNicManagerInfo
  return [
    ...(state === 'master' || state === 'connectedToMaster' ? [] : ['haAgentIssue']),
    ...(hasSelected(nics, 'faultToleranceLogging') ? [] : ['missingFTLoggingNic']),
    ...(hasSelected(nics, 'vmotion') ? [] : ['missingVMotionNic']),
    ...(majorMinor(host) >= 6 ? [] : ['unsupportedProduct']),
  ]
}

function hasSelected(info: HostVirtualNicManagerInfo | undefined, nicType: string): boolean {
  const config = info?.netConfig?.find((each) => each.nicType === nicType)
  return (config?.selectedVnic?.length ?? 0) > 0
}

function majorMinor({ config }: Pick<HostSystemProperties, 'config'>): number {
  return Number.parseFloat(config?.product.version ?? '0')
}
