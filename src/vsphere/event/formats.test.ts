import { describe, expect, it } from 'vitest'
import { dataType, isA, subtypesOf } from '#vim25/schema.js'
import { descriptionOf, EVENT_FORMATS, formatOf } from './formats.js'

const placeholders = (format: string) => [...format.matchAll(/\{([\w.]+)\}/g)].map(([, path = '']) => path)

/** The type at the end of a path into an event; undefined when there is no such member. */
function typeAt(type: string, path: string): string | undefined {
  let here: string | undefined = type
  for (const step of path.split('.')) here = here && dataType(here)?.byName.get(step)?.type
  return here
}

describe('formats of events', () => {
  it.each([
    ['VmPoweredOnEvent', '{vm.name} on {host.name} in {datacenter.name} is powered on'],
    ['VmStartingEvent', '{vm.name} on host {host.name} in {datacenter.name} is starting'],
    ['VmCreatedEvent', 'Created virtual machine {vm.name} on {host.name} in {datacenter.name}'],
    ['UserLoginSessionEvent', 'User {userName}@{ipAddress} logged in as {userAgent}'],
    ['BadUsernameSessionEvent', 'Cannot login {userName}@{ipAddress}'],
    ['HostConnectionLostEvent', 'Host {host.name} in {datacenter.name} is not responding'],
    ['EnteredMaintenanceModeEvent', 'Host {host.name} in {datacenter.name} has entered maintenance mode'],
    ['DatacenterCreatedEvent', 'Created datacenter {datacenter.name} in folder {parent.name}'],
  ])('has the known format of %s', (type, format) => {
    expect(formatOf(type)).toBe(format)
    expect(EVENT_FORMATS.get(type)?.provenance).toBe('exact')
  })

  it('names only types of events, and members that they have', () => {
    const wrong = [...EVENT_FORMATS].flatMap(([type, { format }]) => [
      ...(isA(type, 'Event') ? [] : [type]),
      ...placeholders(format)
        .filter((path) => typeAt(type, path) === undefined || dataType(typeAt(type, path) ?? ''))
        .map((path) => `${type}: {${path}}`),
    ])
    expect(wrong).toEqual([])
  })

  it('has a format and a description for every type of event', () => {
    for (const type of subtypesOf('Event')) {
      expect(formatOf(type), type).toMatch(/\S/)
      expect(descriptionOf(type), type).toMatch(/^[A-Za-z]/)
      for (const path of placeholders(formatOf(type)))
        expect(typeAt(type, path), `${type}: {${path}}`).toBeDefined()
    }
  })

  it('says what an event without an entry is about', () => {
    expect(formatOf('VmDateRolledBackEvent')).toBe(
      'VM date rolled back: {vm.name} on {host.name} in {datacenter.name}',
    )
  })

  // Fact sheet A.8: recorded from vCenter Server 8.0.
  it.each([
    ['VmPrimaryFailoverEvent', 'error', 'Fault Tolerance VM failover'],
    ['VmFaultToleranceVmTerminatedEvent', 'info', 'Fault Tolerance VM terminated'],
    ['VmSecondaryStartedEvent', 'info', 'Started Fault Tolerance secondary VM'],
    [
      'VmNoCompatibleHostForSecondaryEvent',
      'error',
      'No compatible host for the Fault Tolerance secondary VM',
    ],
    ['VmMaxFTRestartCountReached', 'warning', 'vSphere HA reached maximum Secondary VM restart count.'],
  ])('has category and description of %s as recorded', (type, category, description) => {
    expect(EVENT_FORMATS.get(type)).toMatchObject({ category, description })
  })
})
