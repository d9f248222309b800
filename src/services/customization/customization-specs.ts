import { moRef } from '#inventory/entity.js'
import type {
  VcenterGuestCustomizationSpecsCreateSpec,
  VcenterGuestCustomizationSpecsOsType,
} from '#vapi/generated/types.js'
import { decodeStructure } from '#vapi/json/decode.js'
import { createProblems } from '#vapi/json/problems.js'
import { known } from '#vapi/known.js'
import { data, patch } from '#vim25/data.js'
import type { CustomizationSpecInfo, CustomizationSpecItem, Methods } from '#vim25/generated/types.js'
import { requirePrivilege } from '#vsphere/authorization/check.js'
import { allSavedSpecs, MANAGER } from '#vsphere/customization/records.js'
import { blank, withPasswords } from '#vsphere/customization/rules.js'
import type { ServiceCall } from '../core/call.js'
import { among } from '../core/filters.js'
import { service } from '../core/service.js'
import { badSpec, inOurWords } from './errors.js'
import { fromVim, secretsOf } from './from-vim.js'
import { toVim, typeOf } from './to-vim.js'

const CREATE_SPEC = 'com.vmware.vcenter.guest.customization_specs.create_spec'

/** Customization specifications with a name: those of vim25's CustomizationSpecManager. */
export const customizationSpecs = service('com.vmware.vcenter.guest.customization_specs', {
  list(call, { filter = {} }) {
    requirePrivilege(
      call.read,
      call.session,
      moRef(MANAGER, MANAGER),
      'VirtualMachine.Provisioning.ReadCustSpecs',
    )
    return allSavedSpecs(call.read)
      .map(({ info }) => ({
        name: info.name,
        description: info.description,
        OS_type: osType(info),
        last_modified: lastModified(info),
      }))
      .filter(
        ({ name, OS_type }) =>
          among(filter.names, () => name) && (filter.OS_type === undefined || filter.OS_type === OS_type),
      )
  },

  get(call, { name }) {
    const { info, spec } = saved(call, name)
    return {
      last_modified: lastModified(info),
      spec: {
        fingerprint: info.changeVersion ?? '',
        spec: fromVim(spec),
        description: info.description,
        name: info.name,
      },
    }
  },

  create(call, { spec }) {
    run(call, 'CreateCustomizationSpec', spec.name, { item: itemOf(spec) })
    return spec.name
  },

  /** A name in the specification that is another one renames it. */
  set(call, { name, spec }) {
    const before = saved(call, name)
    const item = itemOf(spec, secretsOf(before.spec))
    const changeVersion = spec.fingerprint === '' ? undefined : spec.fingerprint
    const info = patch(item.info, { name, changeVersion })
    run(call, 'OverwriteCustomizationSpec', name, { item: patch(item, { info }) })
    if (spec.name !== name) run(call, 'RenameCustomizationSpec', spec.name, { name, newName: spec.name })
  },

  delete: (call, { name }) => run(call, 'DeleteCustomizationSpec', name, { name }),

  export(call, { name, format }) {
    const item = saved(call, name)
    if (format === 'XML') return run(call, 'CustomizationSpecItemToXml', name, { item })
    const { description } = item.info
    const content = { spec: fromVim(withPasswords(item.spec, blank)), description, name }
    return JSON.stringify(content, undefined, 2)
  },

  /** What it was exported as is recognised by its first character. Nothing is saved. */
  import_specification(call, { customization_spec: text }) {
    requirePrivilege(
      call.read,
      call.session,
      moRef(MANAGER, MANAGER),
      'VirtualMachine.Provisioning.ModifyCustSpecs',
    )
    if (text.trimStart().startsWith('{')) return createSpecIn(text, call.release)
    const { info, spec } = run(call, 'XmlToCustomizationSpecItem', '', { specItemXml: text })
    return { spec: fromVim(spec), description: info.description, name: info.name }
  },
})

const osType = ({ type }: CustomizationSpecInfo): VcenterGuestCustomizationSpecsOsType =>
  type === 'Windows' ? 'WINDOWS' : 'LINUX'

/** Every specification that is saved has a time; an own one always has. */
const lastModified = ({ lastUpdateTime = '1970-01-01T00:00:00.000Z' }: CustomizationSpecInfo) =>
  lastUpdateTime

/** The saved specification, or NOT_FOUND. */
export const saved = (call: ServiceCall, name: string): CustomizationSpecItem =>
  run(call, 'GetCustomizationSpec', name, { name })

/** A call of vim25's manager; its refusals in words of this API, about the specification of that name. */
function run<M extends keyof Methods['CustomizationSpecManager'] & string>(
  call: ServiceCall,
  method: M,
  name: string,
  args: Methods['CustomizationSpecManager'][M]['params'],
): Methods['CustomizationSpecManager'][M]['result'] {
  try {
    return call.vim('CustomizationSpecManager', MANAGER, method, args as never) as never
  } catch (error) {
    throw inOurWords(error, name)
  }
}

function itemOf(
  { name, description, spec }: VcenterGuestCustomizationSpecsCreateSpec,
  known?: ReadonlySet<string>,
): CustomizationSpecItem {
  const type = typeOf(spec.configuration_spec)
  return data('CustomizationSpecItem', {
    info: data('CustomizationSpecInfo', { name, description, type }),
    spec: toVim(spec, known),
  })
}

/** Reads an export in JSON as strictly as a request's body. */
function createSpecIn(text: string, release: number): VcenterGuestCustomizationSpecsCreateSpec {
  try {
    const problems = createProblems()
    const to = { release, dialect: { maps: 'object' }, problems } as const
    const value = decodeStructure(known.structure(CREATE_SPEC), JSON.parse(text), '', to)
    problems.check()
    return value as unknown as VcenterGuestCustomizationSpecsCreateSpec
  } catch (error) {
    throw badSpec(error instanceof Error ? error.message : String(error))
  }
}
