import { isA } from '#vim25/schema.js'
import { clusterFormats } from './formats/cluster.js'
import { faultToleranceFormats } from './formats/fault-tolerance.js'
import type { EventFormat } from './formats/format.js'
import { hostFormats, ourHostFormats } from './formats/host.js'
import { otherFormats, ourOtherFormats } from './formats/other.js'
import { ourVmFormats, vmFormats } from './formats/vm.js'

/** Category, description and message of the types of events that this server emits, and of some more. */
export const EVENT_FORMATS: ReadonlyMap<string, EventFormat> = new Map(
  Object.entries({
    ...vmFormats,
    ...ourVmFormats,
    ...faultToleranceFormats,
    ...hostFormats,
    ...ourHostFormats,
    ...clusterFormats,
    ...otherFormats,
    ...ourOtherFormats,
  }),
)

/** Template of fullFormattedMessage by event type: the table's, else the words of the type's name with what it is about. */
export function formatOf(type: string): string {
  return EVENT_FORMATS.get(type)?.format ?? `${descriptionOf(type)}${subjectOf(type)}`
}

/** A few words for a type of event: the table's, else those of its name. */
export function descriptionOf(type: string): string {
  return EVENT_FORMATS.get(type)?.description ?? wordsOf(type)
}

const SUBJECTS = [
  ['VmEvent', ': {vm.name} on {host.name} in {datacenter.name}'],
  ['HostEvent', ': {host.name} in {datacenter.name}'],
  ['ClusterEvent', ': {computeResource.name} in {datacenter.name}'],
  ['ResourcePoolEvent', ': {resourcePool.name} in {computeResource.name}'],
  ['DatastoreEvent', ': {datastore.name} in {datacenter.name}'],
  ['DatacenterEvent', ': {datacenter.name}'],
  ['DvsEvent', ': {dvs.name} in {datacenter.name}'],
  ['DVPortgroupEvent', ': {net.name} in {datacenter.name}'],
  ['AlarmEvent', ": '{alarm.name}'"],
  ['SessionEvent', ': {userName}'],
  ['GeneralEvent', ': {message}'],
] as const

const subjectOf = (type: string) => SUBJECTS.find(([base]) => isA(type, base))?.[1] ?? ''

/** `VmUpgradeFailedEvent` -> `VM upgrade failed`. */
function wordsOf(type: string): string {
  const words = type
    .replace(/(?<=.)Event$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word, at) => (at === 0 || /^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
  return words.join(' ').replace(/^Vm\b/, 'VM')
}
