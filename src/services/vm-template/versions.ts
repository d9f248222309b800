import { contentService } from '../content-library/content-service.js'
import { finishContent } from '../content-library/items.js'
import { itemKey, libraryItems } from '../content-library/records.js'
import { requireCaller } from '../core/call.js'
import { invalid, refusal } from './errors.js'
import { requireTemplate, sizeOfVm, type TemplateItem, versionOf } from './template.js'

/** The templates that an item has: the latest, and at most one before it. */
export const versions = contentService('com.vmware.vcenter.vm_template.library_items.versions', {
  list({ read }, { template_library_item }) {
    const item = requireTemplate(read, template_library_item)
    return live(item).map(({ version, vm }) => ({ version, vm_template: vm }))
  },

  get({ read }, { template_library_item, version }) {
    const item = requireTemplate(read, template_library_item)
    return { vm_template: requireVersion(item, version).vm }
  },

  /** The previous template becomes the latest, under a new version; what was the latest is the previous one then. */
  rollback(call, { template_library_item, version, spec }) {
    const item = requireTemplate(call.read, template_library_item)
    const { vm } = requirePrevious(item, version)
    if (!spec) throw invalid('field_required', 'spec')
    const { checkOut } = item.vmTemplate
    if (checkOut) throw refusal('NOT_ALLOWED_IN_CURRENT_STATE', 'vm_checked_out', checkOut.vm, item.id)
    const { message } = spec
    const { userName: user } = requireCaller(call)
    return call.transact((ctx) => {
      const previous = { version: versionOf(item), vm: item.vmTemplate.vm }
      ctx.tx.set(libraryItems, itemKey(item.id), {
        vmTemplate: { vm, size: sizeOfVm(ctx.tx, vm), previous },
      })
      finishContent(ctx, item.id, { user, message })
      return versionOf(ctx.tx.get(libraryItems, itemKey(item.id)))
    })
  },

  /** Destroys the previous template; the item forgets it then (family.ts). */
  async delete(call, { template_library_item, version }) {
    const { vm } = requirePrevious(requireTemplate(call.read, template_library_item), version)
    await call.task('VirtualMachine', vm, 'Destroy_Task', {})
  },
})

interface Version {
  readonly version: string
  readonly vm: string
}

/** Latest first. */
function live(item: TemplateItem): readonly Version[] {
  const { vm, previous } = item.vmTemplate
  return [{ version: versionOf(item), vm }, ...(previous ? [previous] : [])]
}

/** Throws NOT_FOUND. */
function requireVersion(item: TemplateItem, version: string): Version {
  const found = live(item).find((each) => each.version === version)
  if (!found) throw refusal('NOT_FOUND', 'version_not_found', item.id, version)
  return found
}

/** Throws NOT_FOUND, INVALID_ARGUMENT for the latest version. */
function requirePrevious(item: TemplateItem, version: string): Version {
  const found = requireVersion(item, version)
  if (version === versionOf(item)) throw invalid('version_is_latest', item.id, version)
  return found
}
