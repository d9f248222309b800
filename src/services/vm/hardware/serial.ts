import type { VirtualSerialPort } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { change, create, deviceOf, idsOf, infoOf, removeDevice, setConnected } from './machine.js'
import { addSerialPort, changedSerialPort, serialPorts } from './serial-ports.js'

export const serial = service('com.vmware.vcenter.vm.hardware.serial', {
  list: (call, { vm }) => idsOf(call, vm, serialPorts).map((id) => ({ port: id })),
  get: (call, input) => infoOf(call, input.vm, input.port, serialPorts),
  create: (call, { vm, spec }) => create(call, vm, (draft) => addSerialPort(draft, spec)),
  update: (call, { vm, port: id, spec }) =>
    change(call, vm, changedSerialPort(deviceOf<VirtualSerialPort>(call, vm, id, serialPorts), spec)),
  delete: (call, input) => removeDevice(call, input.vm, input.port, serialPorts),
  connect: (call, input) => setConnected(call, input.vm, input.port, serialPorts, true),
  disconnect: (call, input) => setConnected(call, input.vm, input.port, serialPorts, false),
})
