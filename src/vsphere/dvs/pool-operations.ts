import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { DVSNetworkResourcePool } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { LONGEST_NAME } from '../managed-entity/entity.js'
import { isSystemPool } from './resource-pools.js'

const poolsOf = ({ tx }: Context, dvs: string) =>
  tx.get('DistributedVirtualSwitch', dvs).networkResourcePool ?? []

function setPools({ tx }: Context, dvs: string, pools: readonly DVSNetworkResourcePool[]): void {
  tx.set('DistributedVirtualSwitch', dvs, { networkResourcePool: Object.freeze([...pools]) })
}

function checkName(name: string | undefined): void {
  if (name === undefined || name.trim() === '' || name.length > LONGEST_NAME)
    throw fault('InvalidName', { name: name ?? '' })
}

export const dvsPoolOperations = operations('DistributedVirtualSwitch', {
  EnableNetworkResourceManagement(ctx, self, { enable }) {
    ctx.tx.update('DistributedVirtualSwitch', self.value, ({ config }) => ({
      config: patch(config, { networkResourceManagementEnabled: enable }),
    }))
  },

  AddNetworkResourcePool(ctx, self, { configSpec }) {
    const pools = [...poolsOf(ctx, self.value)]
    for (const spec of configSpec) {
      checkName(spec.name)
      if (pools.some(({ name }) => name === spec.name)) throw fault('InvalidName', { name: spec.name ?? '' })
      const key = `NetworkResourcePool-${ctx.tx.next(`dvsPools ${self.value}`)}`
      pools.push(
        data('DVSNetworkResourcePool', {
          key,
          name: spec.name,
          description: spec.description,
          configVersion: '0',
          allocationInfo: data('DVSNetworkResourcePoolAllocationInfo', {
            limit: -1,
            shares: data('SharesInfo', { shares: 50, level: 'normal' }),
            priorityTag: 0,
            ...spec.allocationInfo,
          }),
        }),
      )
    }
    setPools(ctx, self.value, pools)
  },

  UpdateNetworkResourcePool(ctx, self, { configSpec }) {
    const pools = [...poolsOf(ctx, self.value)]
    for (const spec of configSpec) {
      const at = pools.findIndex(({ key }) => key === spec.key)
      const present = pools[at]
      if (!present) throw fault('NotFound', {})
      if (spec.configVersion !== undefined && spec.configVersion !== present.configVersion)
        throw fault('ConcurrentAccess', {})
      if (spec.name !== undefined) checkName(spec.name)
      pools[at] = patch(present, {
        name: spec.name ?? present.name,
        description: spec.description ?? present.description,
        allocationInfo: spec.allocationInfo
          ? patch(present.allocationInfo, spec.allocationInfo)
          : present.allocationInfo,
        configVersion: String(Number(present.configVersion) + 1),
      })
    }
    setPools(ctx, self.value, pools)
  },

  RemoveNetworkResourcePool(ctx, self, { key: keys }) {
    const pools = poolsOf(ctx, self.value)
    for (const key of keys) {
      if (!pools.some((pool) => pool.key === key)) throw fault('NotFound', {})
      if (isSystemPool(key)) throw fault('ResourceInUse', { type: 'DVSNetworkResourcePool', name: key })
    }
    setPools(
      ctx,
      self.value,
      pools.filter(({ key }) => !keys.includes(key)),
    )
  },
})
