import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import { followRename } from '../fault-tolerance/rename.js'
import { rename } from '../managed-entity/rename.js'
import { requireOperable, requirePowerState } from './admit.js'
import { changeVersion } from './create.js'
import { homeOf } from './files.js'
import { guard } from './guards.js'
import { hardwareProblem } from './hardware-support.js'
import { registrationHost } from './placement.js'
import { reconfigure, upgradeHardware } from './reconfigure.js'
import { destroyVm, unregisterVm } from './remove.js'
import { withoutWishes } from './set-by-extra-config.js'

export const vmInventoryOperations = operations('VirtualMachine', {
  ReconfigVM_Task: {
    seconds: 1,
    run(ctx, self, args) {
      const { spec, fulfil } = withoutWishes(ctx, args.spec)
      reconfigure(ctx, self, spec)
      fulfil(self)
    },
  },

  UpgradeVM_Task: {
    seconds: 1,
    run(ctx, self, { version }) {
      requireOperable(ctx.tx, self.value)
      requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
      upgradeHardware(ctx, self, version)
    },
  },

  Rename_Task: {
    run(ctx, self, { newName }) {
      guard(ctx, self, 'Rename', { newName })
      rename(ctx, self, newName)
      followRename(ctx, self.value)
    },
  },

  UnregisterVM(ctx, self) {
    guard(ctx, self, 'Unregister')
    requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
    unregisterVm(ctx, self)
  },

  Destroy_Task: {
    seconds: 2,
    run(ctx, self) {
      const { runtime, config } = ctx.tx.get('VirtualMachine', self.value)
      guard(ctx, self, 'Destroy')
      if (runtime.connectionState === 'disconnected') throw fault('InvalidState', {})
      if (!config?.template) requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
      destroyVm(ctx, self)
    },
  },

  MarkAsTemplate(ctx, self) {
    guard(ctx, self, 'MarkAsTemplate')
    requireOperable(ctx.tx, self.value)
    requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
    ctx.tx.update('VirtualMachine', self.value, ({ config }) => ({
      resourcePool: undefined,
      config:
        config && patch(config, { template: true, changeVersion: changeVersion(ctx), modified: ctx.time }),
    }))
  },

  MarkAsVirtualMachine(ctx, self, { pool, host }) {
    const { tx } = ctx
    guard(ctx, self, 'MarkAsTemplate')
    const { config, parent, runtime } = tx.get('VirtualMachine', self.value)
    if (!config?.template) throw fault('NotSupported', {})
    const home = homeOf(tx, self.value)
    if (!home || !parent) throw fault('InvalidState', {})
    const target = registrationHost(tx, { folder: parent, pool, host, datastore: home.datastore })
    const problem = hardwareProblem(tx, self.value, target.value)
    if (problem) throw problem
    tx.set('VirtualMachine', self.value, {
      resourcePool: pool,
      runtime: patch(runtime, { host: target }),
      config: patch(config, { template: false, changeVersion: changeVersion(ctx), modified: ctx.time }),
    })
  },

  /** What is stored is always what the datastores say. */
  RefreshStorageInfo() {},
})
