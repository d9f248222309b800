import type { Request } from './requests.js'
import { now } from './server.js'
import { refElement, refsOf, type SoapRef, type SoapServer, soap, soapRequest, textOf } from './soap.js'

const COLLECTOR: SoapRef = { type: 'PropertyCollector', value: 'propertyCollector' }

export const currentTime = (server: SoapServer): Request =>
  soapRequest(server.cookie, { type: 'ServiceInstance', value: 'ServiceInstance' }, 'CurrentTime')

const propSet = (type: string, paths: readonly string[] | 'all') =>
  `<propSet><type>${type}</type>${paths === 'all' ? '<all>true</all>' : paths.map((path) => `<pathSet>${path}</pathSet>`).join('')}</propSet>`

const THROUGH_VIEW =
  '<skip>true</skip><selectSet xsi:type="TraversalSpec"><name>view</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>'

/** RetrieveProperties of one VM, or of everything in a view; never paged. */
export function soapRetrieve(server: SoapServer, target: SoapRef, paths: readonly string[] | 'all'): Request {
  const more = target.type === 'ContainerView' ? THROUGH_VIEW : ''
  return soapRequest(
    server.cookie,
    COLLECTOR,
    'RetrieveProperties',
    `<specSet>${propSet('VirtualMachine', paths)}<objectSet>${refElement('obj', target)}${more}</objectSet></specSet>`,
  )
}

/** A view of all VMs, and their references. */
export async function soapVmView(server: SoapServer): Promise<{ view: SoapRef; vms: readonly SoapRef[] }> {
  const root = { type: 'Folder', value: 'group-d1' }
  const made = await soap(
    server,
    { type: 'ViewManager', value: 'ViewManager' },
    'CreateContainerView',
    `${refElement('container', root)}<type>VirtualMachine</type><recursive>true</recursive>`,
  )
  const [view] = refsOf(made, 'returnval')
  if (!view) throw new Error(`No view: ${made.slice(0, 300)}`)
  const seen = await soap(
    server,
    COLLECTOR,
    'RetrieveProperties',
    `<specSet>${propSet('ContainerView', ['view'])}<objectSet>${refElement('obj', view)}</objectSet></specSet>`,
  )
  return { view, vms: refsOf(seen, 'ManagedObjectReference') }
}

async function createFilter(server: SoapServer, target: SoapRef, path: string): Promise<SoapRef> {
  const made = await soap(
    server,
    COLLECTOR,
    'CreateFilter',
    `<spec>${propSet(target.type, [path])}<objectSet>${refElement('obj', target)}</objectSet></spec><partialUpdates>false</partialUpdates>`,
  )
  const [filter] = refsOf(made, 'returnval')
  if (!filter) throw new Error(`No filter: ${made.slice(0, 300)}`)
  return filter
}

const wait = (server: SoapServer, version: string) =>
  soap(server, COLLECTOR, 'WaitForUpdatesEx', `<version>${version}</version>`)

/** From sending a change to the answer of a WaitForUpdatesEx that was waiting for it, in milliseconds. */
export async function soapChangeToWaiter(
  server: SoapServer,
  vm: SoapRef,
  times: number,
): Promise<readonly number[]> {
  const filter = await createFilter(server, vm, 'name')
  let version = textOf(await wait(server, ''), 'version')
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const waiting = wait(server, version)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const began = now()
    const changed = soap(server, vm, 'Rename_Task', `<newName>bench-${n}</newName>`)
    version = textOf(await waiting, 'version')
    took.push(now() - began)
    await changed
  }
  await soap(server, filter, 'DestroyPropertyFilter')
  return took
}

/** Starts a task and waits for its end as govmomi does: a filter on its info, waits, the filter destroyed. */
export async function soapTask(server: SoapServer, self: SoapRef, method: string, args = ''): Promise<void> {
  const [task] = refsOf(await soap(server, self, method, args), 'returnval')
  if (!task) throw new Error(`${method} gave no task.`)
  const filter = await createFilter(server, task, 'info')
  for (let version = ''; ; ) {
    const update = await wait(server, version)
    version = textOf(update, 'version')
    const state = textOf(update, 'state')
    if (state === 'error') throw new Error(`${method} failed: ${update.slice(0, 1000)}`)
    if (state === 'success') break
  }
  await soap(server, filter, 'DestroyPropertyFilter')
}

/** Power off and on again, each with its task waited for. */
export async function soapPowerCycle(server: SoapServer, vm: SoapRef): Promise<void> {
  for (const method of ['PowerOffVM_Task', 'PowerOnVM_Task']) await soapTask(server, vm, method)
}

/** Clones a VM beside itself, powered off. */
export async function soapClone(server: SoapServer, vm: SoapRef, name: string): Promise<void> {
  const seen = await soap(
    server,
    COLLECTOR,
    'RetrieveProperties',
    `<specSet>${propSet('VirtualMachine', ['parent', 'resourcePool'])}<objectSet>${refElement('obj', vm)}</objectSet></specSet>`,
  )
  const [folder, pool] = refsOf(seen, 'val')
  if (!folder || !pool) throw new Error(`The VM has no place: ${seen.slice(0, 500)}`)
  await soapTask(
    server,
    vm,
    'CloneVM_Task',
    `${refElement('folder', folder)}<name>${name}</name><spec><location>${refElement('pool', pool)}</location><powerOn>false</powerOn><template>false</template></spec>`,
  )
}
