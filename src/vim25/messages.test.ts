import { describe, expect, it } from 'vitest'
import type { Members } from './data.js'
import { fault, localizedFault } from './fault.js'
import type { DataTypes, FaultTypes, ManagedObjectReference } from './generated/types.js'
import { CATALOGUE } from './messages/catalogue.js'
import { messageFor, messageOf } from './messages.js'
import { dataType, enumType, isA, typeNames } from './schema.js'

const ref = (type: string, value: string) =>
  ({ _typeName: 'ManagedObjectReference', type, value }) as ManagedObjectReference

function text<K extends keyof FaultTypes & keyof DataTypes & string>(type: K, members: Members<K>): string {
  return fault(type, members).message
}

const faultTypes = typeNames('data').filter((name) => isA(name, 'MethodFault'))

describe('messages that the real thing is known to send', () => {
  it.each([
    [text('NotAuthenticated', {}), 'The session is not authenticated.'],
    [
      text('NoPermission', { privilegeId: 'System.Read' }),
      'Permission to perform this operation was denied.',
    ],
    [
      text('ManagedObjectNotFound', { obj: ref('VirtualMachine', 'vm-42') }),
      "The object 'vim.VirtualMachine:vm-42' has already been deleted or has not been completely created",
    ],
    [
      text('ManagedObjectNotFound', { obj: ref('PropertyFilter', 'session[a]b') }),
      "The object 'vmodl.query.PropertyCollector.Filter:session[a]b' has already been deleted or has not been completely created",
    ],
    [
      text('InvalidArgument', { invalidProperty: 'spec.name' }),
      'A specified parameter was not correct: spec.name',
    ],
    [text('InvalidArgument', {}), 'A specified parameter was not correct: '],
    [text('InvalidState', {}), 'The operation is not allowed in the current state.'],
    [text('InvalidType', {}), 'The request refers to an unexpected or unknown type.'],
    [text('RequestCanceled', {}), 'The task was canceled by a user.'],
    [text('InvalidLogin', {}), 'Cannot complete login due to an incorrect user name or password.'],
    [
      text('InvalidPowerState', { requestedState: 'poweredOff', existingState: 'poweredOff' }),
      'The attempted operation cannot be performed in the current state (Powered off).',
    ],
    [
      text('InvalidPowerState', { existingState: 'poweredOn' }),
      'The attempted operation cannot be performed in the current state (Powered on).',
    ],
    [
      text('InsufficientMemoryResourcesFault', { unreserved: 1, requested: 2 }),
      'The available Memory resources in the parent resource pool are insufficient for the operation.',
    ],
    [
      text('InsufficientFailoverResourcesFault', {}),
      'Insufficient resources to satisfy configured failover level for vSphere HA.',
    ],
    [
      text('VmFaultToleranceConfigIssue', { reason: 'replayNotSupported', entityName: 'db' }),
      "The Fault Tolerance configuration of the entity db has an issue: The virtual machine's current configuration does not support Fault Tolerance.",
    ],
    [
      text('PowerOnFtSecondaryFailed', {
        vm: ref('VirtualMachine', 'vm-1'),
        vmName: 'db',
        hostSelectionBy: 'drs',
        rootCause: localizedFault('SystemError', { reason: 'x' }),
      }),
      'Cannot power on the Fault Tolerance Secondary VM for virtual machine db. Refer to the errors list for details.',
    ],
    [
      text('SystemError', { reason: 'Source detected that destination failed to resume.' }),
      'A general system error occurred: Source detected that destination failed to resume.',
    ],
    [text('NoCompatibleHost', {}), 'No host is compatible with the virtual machine.'],
    [
      text('DuplicateName', { name: 'vm1', object: ref('VirtualMachine', 'vm-1') }),
      "The name 'vm1' already exists.",
    ],
    [text('AlreadyExists', { name: '51' }), "The specified key, name, or identifier '51' already exists."],
    [text('AlreadyExists', {}), 'The specified key, name, or identifier already exists.'],
    [text('NotFound', {}), 'The object or item referred to could not be found.'],
    [text('NotSupported', {}), 'The operation is not supported on the object.'],
    [text('FileNotFound', { file: '[ds] a/a.vmdk' }), 'File [ds] a/a.vmdk was not found'],
    [
      text('FileAlreadyExists', { file: '[ds] a' }),
      'Cannot complete the operation because the file or folder [ds] a already exists',
    ],
    [text('InvalidDeviceSpec', { deviceIndex: 0 }), "Invalid configuration for device '0'."],
    [
      text('ToolsUnavailable', {}),
      'Cannot complete operation because VMware Tools is not running in this virtual machine.',
    ],
    [
      text('SSLVerifyFault', { selfSigned: true, thumbprint: 'AA' }),
      "Authenticity of the host's SSL certificate is not verified.",
    ],
  ])('%s', (message, expected) => {
    expect(message).toBe(expected)
  })
})

describe('messages of ours', () => {
  it('has a sentence for every reason of a Fault Tolerance configuration issue', () => {
    const beginning = 'The Fault Tolerance configuration of the entity db has an issue: '
    const values = enumType('VmFaultToleranceConfigIssueReasonForIssue')?.values ?? []
    expect(values.length).toBeGreaterThan(38)
    for (const reason of values) {
      const message = text('VmFaultToleranceConfigIssue', { reason, entityName: 'db' })
      expect(message.startsWith(beginning), reason).toBe(true)
      expect(message.slice(beginning.length), reason).toMatch(/^.{20,}\.$/)
      expect(messageFor('VmFaultToleranceConfigIssue', reason)?.message.texts[0], reason).not.toContain(
        '{reason}',
      )
    }
  })

  it('has a sentence for every reason of a vSphere HA configuration fault', () => {
    for (const reason of enumType('DasConfigFaultDasConfigFaultReason')?.values ?? [])
      expect(CATALOGUE.has(`DasConfigFault.${reason}`), reason).toBe(true)
  })

  it('shows the messages of nested faults', () => {
    const list = text('VmFaultToleranceOpIssuesList', {
      errors: [
        localizedFault('VmFaultToleranceConfigIssue', { reason: 'hasSnapshots', entityName: 'db' }),
        localizedFault('FaultToleranceNotLicensed', { hostName: 'esx1' }),
      ],
    })
    expect(list).toContain('has snapshots')
    expect(list).toContain('not licensed on the host esx1')
  })

  it('falls back to the base type and says what the type says', () => {
    expect(messageFor('IscsiFaultVnicNotFound')?.own).toBe(false)
    expect(text('IscsiFaultVnicNotFound', { vnicDevice: 'vmk1' })).toBe(
      'The operation failed. Cause: iscsi fault vnic not found.',
    )
  })

  it('keeps the beginning of its base in every kind of invalid argument', () => {
    for (const type of faultTypes.filter((name) => isA(name, 'InvalidArgument')))
      expect(messageFor(type)?.message.texts[0], type).toMatch(
        /^A specified parameter was not correct: \{invalidProperty\}/,
      )
  })

  it('has a sentence without blanks to fill for every fault type', () => {
    const bad = faultTypes
      .map((type) => ({ type, bare: messageOf({ _typeName: type } as never) }))
      .filter(({ bare }) => !/^\S.{5,}/.test(bare) || /[{}]| undefined[.,:]|\[object/.test(bare))
    expect(faultTypes.length).toBeGreaterThan(637)
    expect(bad).toEqual([])
  })
})

describe('the catalogue', () => {
  it('names fault types and fields that they have', () => {
    for (const [key, message] of CATALOGUE) {
      const [type = '', reason] = key.split('.')
      expect(isA(type, 'MethodFault'), key).toBe(true)
      if (reason !== undefined) expect(dataType(type)?.byName.get('reason')?.type, key).toBe('string')
      for (const text of message.texts)
        for (const [, field = ''] of text.matchAll(/\{(\w+)\}/g))
          expect(dataType(type)?.byName.has(field), `${key}: {${field}}`).toBe(true)
    }
  })

  it('says where each exact sentence was found', () => {
    for (const [key, message] of CATALOGUE)
      expect(message.source !== undefined, key).toBe(message.provenance === 'exact')
  })

  it('knows only reasons that the schema knows', () => {
    const enums = {
      VmFaultToleranceConfigIssue: 'VmFaultToleranceConfigIssueReasonForIssue',
      DasConfigFault: 'DasConfigFaultDasConfigFaultReason',
      HostIncompatibleForFaultTolerance: 'HostIncompatibleForFaultToleranceReason',
      NumVirtualCpusIncompatible: 'NumVirtualCpusIncompatibleReason',
      AgentInstallFailed: 'AgentInstallFailedReason',
    }
    const known = new Set(
      Object.entries(enums).flatMap(([type, name]) =>
        (enumType(name)?.values ?? []).map((value) => `${type}.${value}`),
      ),
    )
    const unknown = [...CATALOGUE.keys()].filter((key) => key.includes('.') && !known.has(key))
    expect(unknown).toEqual([])
  })
})
