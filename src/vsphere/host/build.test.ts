import { describe, expect, it } from 'vitest'
import { recomputed } from '#inventory/inventory.js'
import type { HostCapability, HostSystemProperties, ManagedObjectReference } from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { createStandalone } from '../cluster/build.js'
import type { IdentityVersion } from '../core/identity.js'
import { joinHost } from './join.js'
import { addMachine, createLab, type Lab } from './testing.js'

function labWith(version: IdentityVersion, esxi: string): { lab: Lab; host: string } {
  const lab = createLab({ version })
  const host = lab.sandbox.transact({}, (ctx) => {
    const machine = addMachine(ctx, 'node', '192.168.10.50', { version: esxi })
    const parent = createStandalone(ctx, ctx.tx.ref(lab.hostFolder), 'node.lab.local')
    return joinHost(ctx, { machine, parent })
  })
  return { lab, host: host.value }
}

/** Every property of an object that is not as the schema wants it. */
function problems(lab: Lab, ref: ManagedObjectReference): string[] {
  const { release } = lab.sandbox.services.identity
  const shown = managedType(ref.type)?.properties.filter(({ since }) => since <= release) ?? []
  return shown.flatMap((property) =>
    problemsOf(lab.get(ref.type, ref.value, property.name), property).map(
      (problem) => `${ref.type} ${problem}`,
    ),
  )
}

describe('a host object', () => {
  it.each([
    ['8.0.3', '8.0.3'],
    ['8.0.3', '6.7.0'],
    ['6.0', '6.0.0'],
  ] as const)('is what the schema wants, with all its managers: vCenter %s, ESXi %s', (version, esxi) => {
    const { lab, host } = labWith(version, esxi)
    const { configManager, datastoreBrowser, parent } = lab.sandbox.inventory.read.get('HostSystem', host)
    const managers = Object.values(configManager).filter((value) => typeof value !== 'string')
    const objects = [
      lab.sandbox.inventory.read.ref(host),
      datastoreBrowser,
      parent as ManagedObjectReference,
      ...(managers as unknown as ManagedObjectReference[]),
    ]
    expect(objects.length).toBeGreaterThan(25)
    expect(objects.flatMap((ref) => problems(lab, ref))).toEqual([])
  })

  it('is all derived state: computing it anew changes nothing', () => {
    const { lab, host } = labWith('8.0.3', '8.0.3')
    const { root, model } = lab.sandbox.inventory
    const anew = recomputed(root, model)
    for (const id of [host, `serviceSystem-${host.slice(5)}`, `firewallSystem-${host.slice(5)}`])
      expect(anew.entities.get(id)?.value).toEqual(root.entities.get(id)?.value)
  })

  it('shares what it has in common with others of its kind', () => {
    const lab = createLab({})
    const [one, two] = lab.sandbox.transact({}, (ctx) =>
      ['a', 'b'].map((name, at) => {
        const machine = addMachine(ctx, name, `192.168.10.${50 + at}`, { version: '8.0.3' })
        return joinHost(ctx, { machine, parent: createStandalone(ctx, ctx.tx.ref(lab.hostFolder), name) })
      }),
    )
    const config = (host: ManagedObjectReference | undefined) =>
      lab.sandbox.inventory.read.get('HostSystem', host?.value ?? '').config
    const value = (prefix: string, host: ManagedObjectReference | undefined) =>
      lab.sandbox.inventory.read.entity(`${prefix}-${host?.value.slice(5)}`)?.value
    for (const prefix of ['firewallSystem', 'serviceSystem', 'powerSystem', 'kernelModuleSystem'])
      expect(value(prefix, one)).toBe(value(prefix, two))
    expect(config(one)?.storageDevice?.hostBusAdapter).toBe(config(two)?.storageDevice?.hostBusAdapter)
    expect(config(one)?.hyperThread).toBe(config(two)?.hyperThread)
    const policy = (host: ManagedObjectReference | undefined) =>
      config(host)?.network?.portgroup?.[0]?.computedPolicy
    expect(policy(one)).toBe(policy(two))
    expect(policy(one)?.security?.forgedTransmits).toBe(true)
  })

  it('does not know what its release did not have', () => {
    const { lab, host } = labWith('6.0', '6.0.0')
    const capability = lab.get<HostCapability>('HostSystem', host, 'capability')
    expect(capability).toMatchObject({ maxVcpusPerFtVm: 4, maxSupportedVcpus: 128 })
    expect(capability).not.toHaveProperty('ftEfiSupported')
    expect(lab.get('HostSystem', host, 'configManager')).not.toHaveProperty('nvdimmSystem')
    expect(lab.get('HostSystem', host, 'config')).toMatchObject({
      product: { version: '6.0.0', build: '2494585', apiVersion: '6.0' },
    })
  })

  it('shares with its equals what is equal', () => {
    const { lab } = labWith('8.0.3', '8.0.3')
    const [first, second] = [1, 2].map((at) =>
      lab.sandbox.transact({}, (ctx) => {
        const machine = addMachine(ctx, `twin${at}`, `192.168.10.6${at}`)
        const parent = createStandalone(ctx, ctx.tx.ref(lab.hostFolder), `twin${at}`)
        return joinHost(ctx, { machine, parent }).value
      }),
    )
    const [a, b] = [first, second].map((id) => lab.sandbox.inventory.read.get('HostSystem', id ?? ''))
    const pick = (host: HostSystemProperties | undefined) => [
      host?.capability,
      host?.hardware?.cpuPkg,
      host?.hardware?.numaInfo,
      host?.config?.service,
      host?.config?.firewall,
      host?.config?.option,
      host?.systemResources,
      host?.licensableResource,
    ]
    pick(a).forEach((value, at) => {
      expect(value).toBeDefined()
      expect(pick(b)[at]).toBe(value)
    })
  })

  it('shows its advanced options in the config and in its OptionManager', () => {
    const { lab, host } = labWith('8.0.3', '8.0.3')
    const setting = lab.get<{ key: string; value: unknown }[]>(
      'OptionManager',
      `EsxHostAdvSettings-${host.slice(5)}`,
      'setting',
    )
    expect(setting.find(({ key }) => key === 'FT.FTCptStartTimeout')?.value).toEqual({
      _typeName: 'long',
      _value: 90000,
    })
    expect(setting.map(({ key }) => key)).toEqual([...setting.map(({ key }) => key)].sort())
  })
})
