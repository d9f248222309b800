import { recordKind } from '#inventory/entity.js'
import { vapiError } from '#vapi/error.js'
import type { VapiMetadataSourceCreateSpec } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { type ServiceTable, service } from '../core/service.js'
import { found } from './errors.js'
import { fingerprintOf } from './fingerprint.js'

/** A place that a client has named as one to read metadata from. */
interface MetadataSource extends VapiMetadataSourceCreateSpec {
  /** `com.vmware.vapi.metadata.cli.source` */
  readonly service: string
  readonly source: string
}

const sources = recordKind<MetadataSource>('metadataSource')

type SourceService =
  | 'com.vmware.vapi.metadata.authentication.source'
  | 'com.vmware.vapi.metadata.cli.source'
  | 'com.vmware.vapi.metadata.metamodel.source'
  | 'com.vmware.vapi.metadata.privilege.source'
  | 'com.vmware.vapi.metadata.routing.source'

/**
 * The sources of one kind of metadata. What the API tells of itself comes from none, so there are none at first; those that
 * are added are kept, and add nothing to it (deviation 77). `own` are the fingerprints of what is told.
 */
export function metadataSources(
  id: SourceService,
  own: (release: number) => readonly string[],
): ServiceTable {
  const key = (source: string) => `metadataSource:${id}/${source}`
  const required = ({ read }: ServiceCall, source: string) =>
    found(read.find(sources, key(source)), 'source', source)
  const mine = ({ read }: ServiceCall) =>
    [...read.ids(sources)].map((each) => read.get(sources, each)).filter((each) => each.service === id)
  return service(id, {
    create(call, { source_id, spec }) {
      if (call.read.find(sources, key(source_id)))
        throw vapiError(
          'ALREADY_EXISTS',
          'com.vmware.vapi.metadata.source.already_exists',
          "There is a source with identifier '{0}' already.",
          [source_id],
        )
      call.transact(({ tx }) =>
        tx.create(sources, key(source_id), { ...spec, service: id, source: source_id }),
      )
    },
    delete(call, { source_id }) {
      required(call, source_id)
      call.transact(({ tx }) => tx.remove(key(source_id)))
    },
    get(call, { source_id }) {
      const { service: _service, source: _source, ...info } = required(call, source_id)
      return info
    },
    list: (call) => mine(call).map(({ source }) => source),
    reload(call, { source_id }) {
      if (source_id !== undefined) required(call, source_id)
    },
    fingerprint(call, { source_id }) {
      const told = source_id === undefined ? [own(call.release), mine(call)] : required(call, source_id)
      return fingerprintOf(told)
    },
  })
}
