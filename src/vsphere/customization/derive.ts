import { derivation } from '#inventory/derivation.js'
import { allSavedSpecs, MANAGER, savedSpecs } from './records.js'

/** What the manager lists of the saved specifications. */
export const specInfos = derivation({
  name: 'CustomizationSpecManager.info',
  type: 'CustomizationSpecManager',
  outputs: ['info'],
  via: [{ type: savedSpecs.kind, paths: ['item'], targets: () => [MANAGER] }],
  compute: (_value, read) => {
    const info = allSavedSpecs(read).map((item) => item.info)
    return { info: info.length === 0 ? undefined : Object.freeze(info) }
  },
})
