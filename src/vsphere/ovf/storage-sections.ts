import { child, childrenOf, type XmlElement } from '#xml/element.js'
import { numberAttribute, ovfAttribute, type Reading, requiredAttribute } from './elements.js'
import type { OvfDisk, OvfFileReference } from './envelope.js'
import { problem } from './problems.js'
import { unitOf } from './units.js'

/** References: the files of the package. */
export function readFiles(reading: Reading, envelope: XmlElement): readonly OvfFileReference[] {
  const section = child(envelope, 'References')
  if (!section) {
    reading.problems.missingElement(envelope, 'References')
    return []
  }
  const files: OvfFileReference[] = []
  for (const element of childrenOf(section, 'File')) {
    const id = requiredAttribute(reading, element, 'id')
    const href = requiredAttribute(reading, element, 'href')
    if (href === '' || id === '') continue
    if (files.some((other) => other.id === id)) {
      reading.problems.tell(
        'error',
        problem('OvfDuplicateElement', { lineNumber: element.line, name: `File ${id}` }),
      )
      continue
    }
    files.push({
      id,
      href,
      size: numberAttribute(reading, element, 'size'),
      compression: ovfAttribute(element, 'compression'),
      chunkSize: numberAttribute(reading, element, 'chunkSize'),
      line: element.line,
    })
  }
  return files
}

/** DiskSection: the virtual disks of the package. */
export function readDisks(
  reading: Reading,
  envelope: XmlElement,
  files: readonly OvfFileReference[],
): readonly OvfDisk[] {
  const disks: OvfDisk[] = []
  for (const element of childrenOf(envelope, 'DiskSection').flatMap((section) =>
    childrenOf(section, 'Disk'),
  )) {
    const id = requiredAttribute(reading, element, 'diskId')
    const wanted = ovfAttribute(element, 'fileRef')
    const file = wanted === undefined || wanted === '' ? undefined : files.find((each) => each.id === wanted)
    if (wanted && !file) reading.problems.dangling(element, 'fileRef', wanted)
    if (id === '') continue
    disks.push({
      id,
      file,
      parent: ovfAttribute(element, 'parentRef'),
      ...capacityOf(reading, element),
      populated: numberAttribute(reading, element, 'populatedSize'),
      format: ovfAttribute(element, 'format'),
      line: element.line,
    })
  }
  for (const disk of disks)
    if (disk.parent !== undefined && !disks.some(({ id }) => id === disk.parent))
      reading.problems.dangling({ name: 'Disk', line: disk.line }, 'parentRef', disk.parent)
  return disks
}

function capacityOf(reading: Reading, element: XmlElement): Pick<OvfDisk, 'capacity' | 'capacityProperty'> {
  const text = requiredAttribute(reading, element, 'capacity').trim()
  const units = ovfAttribute(element, 'capacityAllocationUnits')
  const unit = units === undefined ? 1 : unitOf(units)
  if (unit === undefined) reading.problems.malformed(element, 'capacityAllocationUnits', units ?? '')
  if (text === '' || unit === undefined) return {}
  const [, property] = /^\$\{(.+)\}$/.exec(text) ?? []
  if (property !== undefined) return { capacityProperty: { name: property, unit } }
  const capacity = Number(text) * unit
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(capacity)) return { capacity }
  reading.problems.malformed(element, 'capacity', text)
  return {}
}
