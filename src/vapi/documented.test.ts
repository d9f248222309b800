import { describe, expect, it } from 'vitest'
import { availableIn } from './release.js'
import { type Field, type Operation, operation, structure, type Type } from './schema.js'

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not in the schema')
  return value
}
const field = (name: string, of: string): Field => found(structure(name)?.byName.get(of))

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const published = (name: string) => name.slice('com.vmware.'.length).split(/[._]/).map(capitalised).join('')

/** Types as the fact sheet of the most used operations writes them: `[VcenterVMSummary]`, `map<str,…>`. */
function text(type: Type): string {
  switch (type.kind) {
    case 'structure':
    case 'enum':
      return published(type.name)
    case 'list':
      return `[${text(type.of)}]`
    case 'set':
      return `[${text(type.of)}]set`
    case 'map':
      return `map<${text(type.key)},${text(type.value)}>`
    case 'optional':
      return `${text(type.of)}?`
    case 'dynamic':
      return 'obj'
    case 'id':
      return 'str'
    default:
      return SCALARS[type.kind] ?? 'str'
  }
}
const SCALARS: Readonly<Record<string, string>> = {
  void: '-',
  long: 'int64',
  boolean: 'bool',
  dateTime: 'str:dt',
  secret: 'str:pw',
}

/** `POST /vcenter/vm → str; body VcenterVMCreateSpec; query …`, with what a 7.0.3 takes. */
function signature({ rest, input, output }: Operation): string {
  const { method, path, dispatch, query, body } = found(rest)
  const fixed = dispatch.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
  const names = query.flatMap(({ name, parameter, field: inside }) => {
    const outer = found(input.byName.get(parameter))
    const carried = inside && outer.type.kind === 'structure' ? field(outer.type.name, inside) : outer
    return availableIn(carried, '7.0.3') ? [`${name}:${text(carried.type)}`] : []
  })
  const members = body.kind === 'object' ? body.parameters : body.kind === 'none' ? [] : [body.parameter]
  const types = members.map((name) => text(found(input.byName.get(name)).type))
  const sent = members.map((name, at) => `${name}:${types[at]}`).join()
  return [
    `${method} ${path}${fixed.length === 0 ? '' : `?${fixed.join('&')}`} → ${text(output)}`,
    ...(members.length === 0 ? [] : [`body ${body.kind === 'object' ? `{${sent}}` : types[0]}`]),
    ...(names.length === 0 ? [] : [`query ${names.join(', ')}`]),
  ].join('; ')
}

/** `name:type!` for each field that a server of `release` has; `!` for one that must be there. */
const fieldsText = (name: string, release: string) =>
  found(structure(name))
    .fields.filter((each) => availableIn(each, release))
    .map((each) => `${each.name}:${text(each.type)}${each.optional ? '' : '!'}`)
    .join(', ')

/** As documented (rest-tier1-fields). */
const OPERATIONS: readonly (readonly [service: string, operation: string, documented: string])[] = [
  [
    'vcenter.VM',
    'list',
    'GET /vcenter/vm → [VcenterVMSummary]; query vms:[str]set, names:[str]set, folders:[str]set, datacenters:[str]set, hosts:[str]set, clusters:[str]set, resource_pools:[str]set, power_states:[VcenterVmPowerState]set',
  ],
  ['vcenter.VM', 'create', 'POST /vcenter/vm → str; body VcenterVMCreateSpec'],
  ['vcenter.VM', 'get', 'GET /vcenter/vm/{vm} → VcenterVMInfo'],
  ['vcenter.VM', 'relocate', 'POST /vcenter/vm/{vm}?action=relocate → -; body VcenterVMRelocateSpec'],
  ['vcenter.VM', 'clone$task', 'POST /vcenter/vm?action=clone&vmw-task=true → str; body VcenterVMCloneSpec'],
  ['vcenter.vm.power', 'start', 'POST /vcenter/vm/{vm}/power?action=start → -'],
  [
    'vcenter.vm.tools',
    'upgrade',
    'POST /vcenter/vm/{vm}/tools?action=upgrade → -; body {command_line_options:str}',
  ],
  [
    'vcenter.vm.hardware.disk',
    'create',
    'POST /vcenter/vm/{vm}/hardware/disk → str; body VcenterVmHardwareDiskCreateSpec',
  ],
  [
    'vcenter.vm.hardware.memory',
    'update',
    'PATCH /vcenter/vm/{vm}/hardware/memory → -; body VcenterVmHardwareMemoryUpdateSpec',
  ],
  ['vcenter.vm.guest.identity', 'get', 'GET /vcenter/vm/{vm}/guest/identity → VcenterVmGuestIdentityInfo'],
  ['vcenter.datacenter', 'delete', 'DELETE /vcenter/datacenter/{datacenter} → -; query force:bool'],
  ['vcenter.host', 'connect', 'POST /vcenter/host/{host}?action=connect → -'],
  [
    'vcenter.storage.policies.VM',
    'list',
    'GET /vcenter/storage/policies/{policy}/vm → map<str,VcenterStoragePoliciesVMInfo>',
  ],
  ['cis.tagging.category', 'create', 'POST /cis/tagging/category → str; body CisTaggingCategoryCreateSpec'],
  [
    'cis.tagging.tag_association',
    'attach_tag_to_multiple_objects',
    'POST /cis/tagging/tag-association/{tag_id}?action=attach-tag-to-multiple-objects → CisTaggingTagAssociationBatchResult; body {object_ids:[VapiStdDynamicID]}',
  ],
  [
    'cis.tasks',
    'list',
    'POST /cis/tasks?action=list → map<str,CisTaskInfo>; body {filter_spec:CisTasksFilterSpec,result_spec:CisTasksGetSpec}',
  ],
  [
    'content.library.item',
    'copy',
    'POST /content/library/item/{source_library_item_id}?action=copy → str; body ContentLibraryItemModel; query client_token:str',
  ],
  [
    'content.library.item.downloadsession.file',
    'get',
    'GET /content/library/item/download-session/{download_session_id}/file?file_name → ContentLibraryItemDownloadsessionFileInfo; query file_name:str',
  ],
  [
    'vcenter.ovf.library_item',
    'deploy',
    'POST /vcenter/ovf/library-item/{ovf_library_item_id}?action=deploy → VcenterOvfLibraryItemDeploymentResult; body {target:VcenterOvfLibraryItemDeploymentTarget,deployment_spec:VcenterOvfLibraryItemResourcePoolDeploymentSpec}; query client_token:str',
  ],
  ['cis.session', 'create', 'POST /session → str:pw'],
  [
    'vcenter.system',
    'hello',
    'POST /vcenter/system?action=hello → VcenterSystemHelloResult; body VcenterSystemHelloSpec',
  ],
]

describe('operations', () => {
  it.each(OPERATIONS)('%s %s is as documented', (id, name, documented) => {
    expect(signature(found(operation(`com.vmware.${id}`, name)))).toBe(documented)
  })
})

describe('structures', () => {
  it.each([
    [
      'vcenter.VM.summary',
      'vm:str!, name:str!, power_state:VcenterVmPowerState!, cpu_count:int64, memory_size_MiB:int64',
    ],
    ['vcenter.vm.hardware.memory.update_spec', 'size_MiB:int64, hot_add_enabled:bool'],
    [
      'vcenter.vm.hardware.disk.vmdk_create_spec',
      'name:str, capacity:int64, storage_policy:VcenterVmHardwareDiskStoragePolicySpec',
    ],
    ['cis.task.progress', 'total:int64!, completed:int64!, message:VapiStdLocalizableMessage!'],
    ['cis.session.info', 'user:str!, created_time:str:dt!, last_accessed_time:str:dt!'],
    ['vapi.std.dynamic_ID', 'type:str!, id:str!'],
  ])('%s is as documented, with the names of the wire', (name, documented) => {
    expect(fieldsText(`com.vmware.${name}`, '8.0.3.0')).toBe(documented)
  })
})
