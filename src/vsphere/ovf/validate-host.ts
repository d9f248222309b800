import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  OvfValidateHostParams,
  OvfValidateHostResult,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { deploymentOption, SUPPORTED_PROVISIONING } from './choices.js'
import { readDescriptor } from './descriptor.js'
import { type OvfEnvelope, systemsOf } from './envelope.js'
import { sizesOf } from './package-sizes.js'
import { type Problems, problem } from './problems.js'
import { systemSpec } from './system-spec.js'
import { backingOn, type Target, targetOf } from './target.js'

/** OvfManager.ValidateHost: whether a host can take a package. */
export function validateHost(
  ctx: Context,
  ovfDescriptor: string,
  host: ManagedObjectReference,
  params: OvfValidateHostParams,
): OvfValidateHostResult {
  const { envelope, problems } = readDescriptor(ovfDescriptor, params.msgBundle)
  if (envelope) check(ctx, envelope, targetOf(ctx, [host.value]), params.deploymentOption, problems)
  const sizes = envelope && sizesOf(envelope)
  return data('OvfValidateHostResult', {
    downloadSize: sizes?.download,
    flatDeploymentSize: sizes?.flat,
    sparseDeploymentSize: sizes?.sparse,
    error: [...problems.errors],
    warning: [...problems.warnings],
    supportedDiskProvisioning: [...SUPPORTED_PROVISIONING],
  })
}

function check(
  ctx: Context,
  envelope: OvfEnvelope,
  target: Target,
  wanted: string,
  problems: Problems,
): void {
  const configuration = deploymentOption(envelope, wanted, problems)
  const [network] = target.networks
  const [host = ''] = target.hosts
  const { hardware } = ctx.tx.get('HostSystem', host)
  for (const system of systemsOf(envelope.content)) {
    const name = system.name || system.id
    const spec = systemSpec(
      system,
      {
        envelope,
        name,
        path: name,
        datastore: '',
        newest: target.newest,
        configuration,
        provisioning: { thin: true },
        params: {},
        diskDatastore: () => undefined,
        network: () => network && backingOn(ctx.tx, network),
      },
      problems,
    )
    const { numCPUs = 1, memoryMB = 0 } = spec?.configSpec ?? {}
    const exceeded = (what: string, value: number, most: number | undefined) => {
      if (most === undefined || value <= most) return
      const about = { lineNumber: system.line, name: what, value: String(value) }
      problems.tell('error', problem('OvfHostResourceConstraint', about))
    }
    exceeded('CPUs', numCPUs, hardware?.cpuInfo.numCpuThreads)
    exceeded('MB of memory', Number(memoryMB), hardware && Math.floor(Number(hardware.memorySize) / 2 ** 20))
  }
}
