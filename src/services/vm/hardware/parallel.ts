import type { VirtualParallelPort } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { change, create, deviceOf, idsOf, infoOf, removeDevice, setConnected } from './machine.js'
import { addParallelPort, changedParallelPort, parallelPorts } from './parallel-ports.js'

export const parallel = service('com.vmware.vcenter.vm.hardware.parallel', {
  list: (call, { vm }) => idsOf(call, vm, parallelPorts).map((id) => ({ port: id })),
  get: (call, input) => infoOf(call, input.vm, input.port, parallelPorts),
  create: (call, { vm, spec }) => create(call, vm, (draft) => addParallelPort(draft, spec)),
  update: (call, { vm, port: id, spec }) =>
    change(call, vm, changedParallelPort(deviceOf<VirtualParallelPort>(call, vm, id, parallelPorts), spec)),
  delete: (call, input) => removeDevice(call, input.vm, input.port, parallelPorts),
  connect: (call, input) => setConnected(call, input.vm, input.port, parallelPorts, true),
  disconnect: (call, input) => setConnected(call, input.vm, input.port, parallelPorts, false),
})
