import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { operations } from '#vsphere/core/behaviour.js'

export const ipmiOperations = operations('HostSystem', {
  UpdateIpmi(ctx, self, { ipmiInfo }) {
    const { config } = ctx.tx.get('HostSystem', self.value)
    const mac = ipmiInfo.bmcMacAddress ?? ''
    if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac))
      throw fault('InvalidIpmiMacAddress', { userProvidedMacAddress: mac, observedMacAddress: '' })
    if (config) ctx.tx.set('HostSystem', self.value, { config: patch(config, { ipmi: ipmiInfo }) })
  },
})
