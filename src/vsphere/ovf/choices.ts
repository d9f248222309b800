import type { OvfCreateImportSpecParams } from '#vim25/generated/types.js'
import type { Provisioning } from './devices.js'
import type { OvfEnvelope } from './envelope.js'
import { type Problems, problem } from './problems.js'

/**
 * The deployment option that is asked for, else the default one; undefined for a package without any. Tells of one that the
 * package does not have.
 */
export function deploymentOption(
  { configurations }: OvfEnvelope,
  wanted: string | undefined,
  problems: Problems,
): string | undefined {
  const preset = configurations.find(({ isDefault }) => isDefault)?.id
  if (!wanted) return preset
  if (configurations.some(({ id }) => id === wanted)) return wanted
  problems.tell(
    'error',
    problem('OvfInvalidValueConfiguration', {
      lineNumber: 0,
      elementName: 'DeploymentOptionSection',
      attributeName: 'id',
      value: wanted,
    }),
  )
  return preset
}

/** What ESXi makes of the types of disk provisioning; the others are for hosted products. */
const PROVISIONING: Readonly<Record<string, Provisioning>> = {
  '': { thin: false },
  thin: { thin: true },
  sparse: { thin: true },
  seSparse: { thin: true },
  thick: { thin: false, eager: false },
  flat: { thin: false, eager: false },
  monolithicFlat: { thin: false, eager: false },
  eagerZeroedThick: { thin: false, eager: true },
}

/** What hosts say that they support (OvfValidateHostResult.supportedDiskProvisioning). */
export const SUPPORTED_PROVISIONING: readonly string[] = [
  'thin',
  'eagerZeroedThick',
  'thick',
  'flat',
  'sparse',
]

export function provisioningOf(
  { diskProvisioning = '' }: Pick<OvfCreateImportSpecParams, 'diskProvisioning'>,
  problems: Problems,
): Provisioning {
  const found = Object.hasOwn(PROVISIONING, diskProvisioning) ? PROVISIONING[diskProvisioning] : undefined
  if (found) return found
  const supportedDiskProvisioning = SUPPORTED_PROVISIONING.join(', ')
  problems.tell(
    'error',
    problem('OvfUnsupportedDiskProvisioning', { diskProvisioning, supportedDiskProvisioning }),
  )
  return { thin: false }
}
