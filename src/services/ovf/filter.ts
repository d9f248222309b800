import { VapiError } from '#vapi/error.js'
import type { VcenterOvfLibraryItemOvfSummary as OvfSummary } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { ServiceCall } from '../core/call.js'
import { paramsOf } from './additional-params.js'
import { packageOf } from './package-of.js'
import { told } from './result-info.js'

/** What a package says of itself, and what of it can be chosen. Throws INVALID_ARGUMENT for one that cannot be read. */
export async function summaryOf(call: ServiceCall, id: string): Promise<OvfSummary> {
  const { envelope, text } = await packageOf(call, id)
  const parsed = call.vim('OvfManager', 'OvfManager', 'ParseDescriptor', {
    ovfDescriptor: text,
    pdp: data('OvfParseDescriptorParams', { locale: '', deploymentOption: '' }),
  })
  if (!envelope || parsed.error?.length)
    throw new VapiError('INVALID_ARGUMENT', (parsed.error ?? []).map(told))
  return {
    name: parsed.defaultEntityName,
    annotation: parsed.annotation,
    EULAs: [...(parsed.eula ?? [])],
    networks: (parsed.network ?? []).map(({ name }) => name),
    storage_groups: envelope.storageGroups.map((group) => group.id),
    additional_params: paramsOf(parsed, envelope),
  }
}
