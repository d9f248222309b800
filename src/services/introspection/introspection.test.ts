import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const SERVICE = 'com.vmware.vapi.std.introspection.service'
const OPERATION = 'com.vmware.vapi.std.introspection.operation'

describe('introspection', () => {
  it('lists the services of the release and their operations', async () => {
    const lab = createServiceLab()
    const services = await lab.invoke(SERVICE, 'list', {})
    expect(services).toContain('com.vmware.vcenter.VM')
    expect(services).not.toContain('com.vmware.vcenter.authorization.roles')
    const id = 'com.vmware.vcenter.vm.power'
    expect((await lab.invoke(SERVICE, 'get', { id })).operations).toEqual([
      'get',
      'start',
      'stop',
      'suspend',
      'reset',
    ])
    expect(await lab.invoke(OPERATION, 'list', { service_id: id })).toContain('suspend')
    expect((await lab.error(SERVICE, 'get', { id: 'com.example' })).type).toBe('NOT_FOUND')
    expect((await lab.error(OPERATION, 'list', { service_id: 'com.example' })).type).toBe('NOT_FOUND')
  })

  it('tells what goes in, what comes out and what can be refused', async () => {
    const lab = createServiceLab()
    const get = (service_id: string, operation_id: string) =>
      lab.invoke(OPERATION, 'get', { service_id, operation_id })
    expect((await get('com.vmware.vcenter.VM', 'list')).output_definition).toMatchObject({
      type: 'LIST',
      element_definition: {
        type: 'STRUCTURE',
        name: 'com.vmware.vcenter.VM.summary',
        fields: {
          vm: { type: 'STRING' },
          cpu_count: { type: 'OPTIONAL', element_definition: { type: 'LONG' } },
        },
      },
    })
    const stop = await get('com.vmware.vcenter.vm.power', 'stop')
    expect(stop.input_definition).toEqual({
      type: 'STRUCTURE',
      name: 'operation-input',
      fields: { vm: { type: 'STRING' } },
    })
    expect(stop.output_definition).toEqual({ type: 'VOID' })
    expect(stop.error_definitions.map(({ type }) => type)).toContain('ERROR')
    expect((await get('com.vmware.cis.tasks', 'list')).output_definition).toMatchObject({
      element_definition: { name: 'map-entry', fields: { value: { name: 'com.vmware.cis.task.info' } } },
    })
    expect((await lab.error(OPERATION, 'get', { service_id: SERVICE, operation_id: 'x' })).type).toBe(
      'NOT_FOUND',
    )
  })

  it('comes to an end where structures hold themselves', async () => {
    const lab = createServiceLab()
    const told = await lab.invoke(OPERATION, 'get', { service_id: OPERATION, operation_id: 'get' })
    expect(JSON.stringify(told.output_definition)).toContain('STRUCTURE_REF')
  })
})
