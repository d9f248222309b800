import { operations } from '../core/behaviour.js'
import { requireConnected } from '../host/status.js'
import { vmOverheadBytes } from '../resource-pool/overhead.js'
import { invalid } from './config.js'

const MB = 2 ** 20

export const hostQueryOperations = operations('HostSystem', {
  /** Bytes that ESXi needs beside a VM's own memory; `memorySize` in bytes. */
  QueryMemoryOverhead(ctx, self, { memorySize, numVcpus }) {
    requireConnected(ctx.tx, self.value)
    if (numVcpus < 1) throw invalid('numVcpus')
    if (Number(memorySize) < 0) throw invalid('memorySize')
    return vmOverheadBytes(Math.round(Number(memorySize) / MB), numVcpus)
  },

  QueryMemoryOverheadEx(ctx, self, { vmConfigInfo }) {
    requireConnected(ctx.tx, self.value)
    const { memoryMB, numCPU } = vmConfigInfo.hardware
    return vmOverheadBytes(memoryMB, numCPU)
  },

  /** No machine of this world has a TPM. */
  QueryTpmAttestationReport(ctx, self) {
    requireConnected(ctx.tx, self.value)
    return undefined
  },
})
