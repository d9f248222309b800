import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildSeed } from '#app/seed/build.js'
import { loadSeed } from '#app/seed/load.js'
import { data } from '#vim25/data.js'
import { createTestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { ipmiOperations } from './new-method.js'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

describe('the method that CONTRIBUTING.md adds', () => {
  it('is written as the page says', () => {
    const code = read('./new-method.ts')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `    ${line}`)
    const page = read('../../CONTRIBUTING.md').split('\n')
    expect(code.filter((line) => !page.includes(line))).toEqual([])
  })

  it('works: effect, declared fault, nothing changed after a fault', () => {
    const world = createTestWorld({
      families: [...families, { name: 'ipmi', operations: [ipmiOperations] }],
      seed: (ctx) => buildSeed(ctx, loadSeed('smp-ft-nested')),
    })
    const [host = ''] = world.sandbox.inventory.read.ids('HostSystem')
    const ipmi = (bmcMacAddress: string) => ({
      ipmiInfo: data('HostIpmiInfo', { bmcMacAddress, login: 'root' }),
    })
    world.call('HostSystem', host, 'UpdateIpmi', ipmi('00:1b:21:aa:bb:cc'))
    const after = world.get('HostSystem', host, 'config')
    expect(after).toMatchObject({ ipmi: { bmcMacAddress: '00:1b:21:aa:bb:cc', login: 'root' } })
    expect(world.fault('HostSystem', host, 'UpdateIpmi', ipmi('nonsense'))).toMatchObject({
      _typeName: 'InvalidIpmiMacAddress',
      userProvidedMacAddress: 'nonsense',
    })
    expect(world.get('HostSystem', host, 'config')).toBe(after)
  })
})
