import { describe, expect, it } from 'vitest'
import { boxedInt, boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionValue } from '#vim25/generated/types.js'
import { createTestWorld } from '../core/testing.js'
import { families } from '../families.js'
import { createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'

const SETTINGS = ['OptionManager', 'VpxSettings'] as const

const world = () =>
  createTestWorld({
    families,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })

const option = (key: string, value: OptionValue['value']) => data('OptionValue', { key, value })

describe('the settings of vCenter', () => {
  it('are found by key, and by a node of the tree', () => {
    const { call } = world()
    const keys = (name?: string) =>
      (call(...SETTINGS, 'QueryOptions', { name }) as readonly OptionValue[]).map(({ key }) => key)
    expect(keys('event.maxAge')).toEqual(['event.maxAge'])
    expect(keys('event.')).toEqual([
      'event.batchsize',
      'event.maxAge',
      'event.maxAgeEnabled',
      'event.maxCollectors',
    ])
    expect(keys('event')).toEqual(keys('event.'))
    expect(keys()).toContain('VirtualCenter.FQDN')
  })

  it('do not have every name', () => {
    expect(world().fault(...SETTINGS, 'QueryOptions', { name: 'no.such.option' })).toEqual({
      _typeName: 'InvalidName',
      name: 'no.such.option',
    })
  })

  it('can be changed, and added to below config', () => {
    const { call, get } = world()
    const changedValue = [option('event.maxAge', boxedInt(7)), option('config.mine', boxedString('x'))]
    call(...SETTINGS, 'UpdateOptions', { changedValue })
    const settings = get<readonly OptionValue[]>(...SETTINGS, 'setting')
    for (const changed of changedValue) expect(settings).toContainEqual(changed)
  })

  it.each([
    ['an unknown name', option('no.such.option', boxedInt(1)), 'InvalidName'],
    ['a value of another type', option('event.maxAge', boxedString('7')), 'InvalidType'],
  ])('refuse %s, and what comes with it', (_what, wrong, expected) => {
    const { fault, get } = world()
    const before = get(...SETTINGS, 'setting')
    const changedValue = [option('event.batchsize', boxedInt(1)), wrong]
    expect(fault(...SETTINGS, 'UpdateOptions', { changedValue })._typeName).toBe(expected)
    expect(get(...SETTINGS, 'setting')).toBe(before)
  })
})
