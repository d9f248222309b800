import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostFirewallRuleset, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { changeSettings, requireHost, withKey } from './settings.js'

function changeRuleset(
  ctx: Context,
  self: ManagedObjectReference,
  id: string,
  change: (ruleset: HostFirewallRuleset) => Partial<HostFirewallRuleset>,
): void {
  changeSettings(ctx, self, 'firewall', (info) =>
    patch(info, { ruleset: withKey(info.ruleset ?? [], id, (one) => patch(one, change(one))) }),
  )
}

export const firewallOperations = operations('HostFirewallSystem', {
  EnableRuleset(ctx, self, { id }) {
    changeRuleset(ctx, self, id, () => ({ enabled: true }))
  },

  /** A required ruleset "cannot be disabled" (HostFirewallRuleset.required). */
  DisableRuleset(ctx, self, { id }) {
    changeRuleset(ctx, self, id, ({ required }) => {
      if (required) throw fault('HostConfigFault', {})
      return { enabled: false }
    })
  },

  UpdateRuleset(ctx, self, { id, spec }) {
    changeRuleset(ctx, self, id, () => ({ allowedHosts: spec.allowedHosts }))
  },

  UpdateDefaultPolicy(ctx, self, { defaultPolicy }) {
    changeSettings(ctx, self, 'firewall', (info) =>
      patch(info, { defaultPolicy: patch(info.defaultPolicy, given(defaultPolicy)) }),
    )
  },

  RefreshFirewall(ctx, self) {
    requireHost(ctx, self)
  },
})

/** The members that are there: the others stay as they are. */
const given = <T extends object>(spec: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(spec).filter(([name, value]) => name !== '_typeName' && value !== undefined),
  ) as Partial<T>
