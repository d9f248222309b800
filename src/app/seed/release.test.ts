import { describe, expect, it } from 'vitest'
import { createIdentity, IDENTITY_VERSIONS, type IdentityVersion } from '#vsphere/core/identity.js'
import { createTestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { buildSeed } from './build.js'
import { loadSeed } from './load.js'
import { guestFor, releaseFor } from './release.js'

describe('an ESXi release that a seed leaves open', () => {
  it.each([
    ['6.0', '6.0.0', 'vmkernel6Guest'],
    ['6.5', '6.5.0', 'vmkernel65Guest'],
    ['6.7', '6.7.0', 'vmkernel65Guest'],
    ['7.0.3', '7.0.3', 'vmkernel7Guest'],
    ['8.0.3', '8.0.3', 'vmkernel8Guest'],
  ] as const)('is under vCenter Server %s %s', (version, release, guestId) => {
    const identity = createIdentity(version, '')
    expect(releaseFor(identity, undefined).version).toBe(release)
    expect(guestFor(identity, release)).toBe(guestId)
  })

  it('is what the seed names, if it does', () => {
    expect(releaseFor(createIdentity('8.0.3', ''), '6.7.0').version).toBe('6.7.0')
  })

  it('may be newer than the words that vCenter Server has for its VM', () => {
    expect(guestFor(createIdentity('6.7', ''), '8.0.3')).toBe('vmkernel65Guest')
  })
})

describe('the default seed', () => {
  it.each(IDENTITY_VERSIONS)('is ready for Fault Tolerance under %s', (version: IdentityVersion) => {
    const world = createTestWorld({
      families,
      version,
      seed: (ctx) => buildSeed(ctx, loadSeed('smp-ft-nested')),
    })
    const { read } = world.sandbox.inventory
    const [vm = ''] = [...read.ids('VirtualMachine')].slice(-1)
    expect(read.get('VirtualMachine', vm).name).toBe('smp-ft-demo')
    expect(world.task('VirtualMachine', vm, 'CreateSecondaryVMEx_Task').state).toBe('success')
    expect(world.get('VirtualMachine', vm, 'runtime')).toMatchObject({ faultToleranceState: 'running' })
  })
})
