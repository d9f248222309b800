import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const POWER = 'com.vmware.vcenter.vm.power'

describe('power of a VM', () => {
  it('starts, suspends, resets and stops through the same tasks as vim25', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    expect(await lab.invoke(POWER, 'get', { vm })).toEqual({ state: 'POWERED_OFF', clean_power_off: true })
    lab.newEvents()
    await lab.invoke(POWER, 'start', { vm })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmStartingEvent', 'DrsVmPoweredOnEvent'])
    expect(await lab.invoke(POWER, 'get', { vm })).toEqual({ state: 'POWERED_ON' })
    await lab.invoke(POWER, 'reset', { vm })
    await lab.invoke(POWER, 'suspend', { vm })
    expect(await lab.invoke(POWER, 'get', { vm })).toEqual({ state: 'SUSPENDED' })
    await lab.invoke(POWER, 'start', { vm })
    await lab.invoke(POWER, 'stop', { vm })
    expect(await lab.invoke(POWER, 'get', { vm })).toMatchObject({ state: 'POWERED_OFF' })
  })

  it('says what a VM is already, with the cause (recorded from vCenter 7.0)', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const error = await lab.error(POWER, 'stop', { vm })
    expect(error.type).toBe('ALREADY_IN_DESIRED_STATE')
    expect(error.messages).toEqual([
      {
        args: [],
        default_message: 'Virtual machine is already powered off.',
        id: 'com.vmware.api.vcenter.vm.power.already_powered_off',
      },
      {
        args: [],
        default_message: 'The attempted operation cannot be performed in the current state (Powered off).',
        id: 'vmsg.InvalidPowerState.summary',
      },
    ])
    await lab.invoke(POWER, 'start', { vm })
    expect((await lab.error(POWER, 'start', { vm })).messages[0]?.id).toBe(
      'com.vmware.api.vcenter.vm.power.already_powered_on',
    )
  })

  it('refuses what a state does not allow', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    expect((await lab.error(POWER, 'reset', { vm })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect((await lab.error(POWER, 'suspend', { vm })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect((await lab.error(POWER, 'start', { vm: 'vm-404' })).messages[0]).toMatchObject({
      id: 'com.vmware.api.vcenter.vm.not_found',
      args: [`vm-404:${lab.sandbox.services.identity.instanceUuid}`],
    })
  })

  it('names every field that is wrong', async () => {
    const lab = createServiceLab()
    const error = await lab.error(POWER, 'start', { vm: 7, wm: 'x' })
    expect(error.type).toBe('UNEXPECTED_INPUT')
    expect(error.messages.map(({ id, args }) => [id, args[0]])).toEqual([
      ['vapi.data.structure.field.unexpected', '[wm]'],
      ['vapi.data.validate.mismatch', 'vm'],
    ])
  })
})
