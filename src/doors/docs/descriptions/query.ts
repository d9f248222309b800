import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const collector = (lab: Lab) => lab.ref('PropertyCollector')
const views = (lab: Lab) => lab.ref('ViewManager')
const search = (lab: Lab) => lab.ref('SearchIndex')
const events = (lab: Lab) => lab.ref('EventManager')
const datacenter = (lab: Lab) => lab.ref('Datacenter', 'Lab')
const demo = (lab: Lab) => lab.ref('VirtualMachine', 'smp-ft-demo')
const cluster = (lab: Lab) => lab.ref('ClusterComputeResource', 'Nested-FT')

/** Names and power states of the VMs in the datacenter's VM folder. */
const vmsOfTheLab = (lab: Lab) =>
  data('PropertyFilterSpec', {
    propSet: [data('PropertySpec', { type: 'VirtualMachine', pathSet: ['name', 'runtime.powerState'] })],
    objectSet: [
      data('ObjectSpec', {
        obj: lab.ref('Datacenter', 'Lab', 'vmFolder'),
        skip: true,
        selectSet: [data('TraversalSpec', { type: 'Folder', path: 'childEntity', skip: false })],
      }),
    ],
  })

const filter = 'PropertyCollector.CreateFilter'
const pagingToken = 'the `token` of the last page; it is there only while pages are left'
const clientTask = 'the id of a task that `TaskManager.CreateTask` has made'

export const queryDescriptions: Descriptions = {
  'PropertyCollector.RetrievePropertiesEx': {
    summary: 'Reads properties of many objects, in pages',
    text: 'Say which properties of which types (`propSet`) and where to start and walk (`objectSet`). With `maxObjects` the answer has a `token` while more is to come. What is unset, or may not be seen, is left out; the latter is told in `missingSet`.',
    example: {
      on: collector,
      body: (lab) => ({ specSet: [vmsOfTheLab(lab)], options: data('RetrieveOptions', { maxObjects: 100 }) }),
    },
  },
  'PropertyCollector.ContinueRetrievePropertiesEx': {
    summary: 'Reads the next page',
    example: { on: collector, body: () => ({ token: 'token of the last page' }), stale: pagingToken },
  },
  'PropertyCollector.CancelRetrievePropertiesEx': {
    summary: 'Lets go of the pages that are left',
    example: { on: collector, body: () => ({ token: 'token of the last page' }), stale: pagingToken },
  },
  'PropertyCollector.RetrieveProperties': {
    summary: 'Reads properties of many objects at once',
    text: 'As `RetrievePropertiesEx`, without pages.',
    example: { on: collector, body: (lab) => ({ specSet: [vmsOfTheLab(lab)] }) },
  },
  'PropertyCollector.CreateFilter': {
    summary: 'Watches properties of objects',
    text: 'What changes then comes from `WaitForUpdatesEx` or `CheckForUpdates` of the same collector.',
    example: { on: collector, body: (lab) => ({ spec: vmsOfTheLab(lab), partialUpdates: false }) },
  },
  'PropertyCollector.CreatePropertyCollector': {
    summary: "Makes a collector of the session's own",
    text: 'Filters of one collector are reported together; independent parts of a client take one each.',
    example: { on: collector },
  },
  'PropertyCollector.DestroyPropertyCollector': {
    summary: 'Removes a collector and its filters',
    example: {
      on: (lab) => lab.ref('PropertyCollector'),
      stale: 'the id of a collector that `CreatePropertyCollector` has made',
    },
  },
  'PropertyCollector.WaitForUpdatesEx': {
    summary: 'Waits for changes of what is watched',
    text: 'Without a `version` the first answer holds everything; with the version of the last answer, what changed since. When `maxWaitSeconds` pass without a change the answer is empty. No polling is needed: a change is told within milliseconds of its commit.',
    example: {
      on: collector,
      first: [filter],
      body: () => ({ options: data('WaitOptions', { maxWaitSeconds: 10 }) }),
    },
  },
  'PropertyCollector.WaitForUpdates': {
    summary: 'Waits for changes without an end',
    example: { on: collector, first: [filter], body: () => ({}) },
  },
  'PropertyCollector.CheckForUpdates': {
    summary: 'Asks for changes without waiting',
    example: { on: collector, first: [filter], body: () => ({}) },
  },
  'PropertyCollector.CancelWaitForUpdates': {
    summary: "Ends the session's waits",
    text: 'They answer `RequestCanceled`.',
    example: { on: collector },
  },
  'PropertyFilter.DestroyPropertyFilter': {
    summary: 'Stops watching',
    example: { on: (lab) => lab.ref('PropertyFilter'), first: [filter] },
  },

  'ViewManager.CreateContainerView': {
    summary: 'Makes a view of what is in a container',
    text: 'Its property `view` follows what comes and goes. It belongs to the session.',
    example: {
      on: views,
      body: (lab) => ({ container: datacenter(lab), type: ['VirtualMachine'], recursive: true }),
    },
  },
  'ViewManager.CreateListView': {
    summary: 'Makes a view of chosen objects',
    example: { on: views, body: (lab) => ({ obj: [demo(lab)] }) },
  },
  'ViewManager.CreateListViewFromView': {
    summary: 'Makes a list of what another view holds now',
    example: {
      on: views,
      first: ['ViewManager.CreateContainerView'],
      body: (lab) => ({ view: lab.ref('ContainerView') }),
    },
  },
  'ViewManager.CreateInventoryView': {
    summary: 'Makes a view that opens folder by folder, as a tree does',
    example: { on: views },
  },
  'InventoryView.OpenInventoryViewFolder': {
    summary: 'Opens entities of the tree',
    text: 'Answers those that cannot be opened.',
    example: {
      on: (lab) => lab.ref('InventoryView'),
      first: ['ViewManager.CreateInventoryView'],
      body: (lab) => ({ entity: [datacenter(lab)] }),
    },
  },
  'InventoryView.CloseInventoryViewFolder': {
    summary: 'Closes entities of the tree',
    example: {
      on: (lab) => lab.ref('InventoryView'),
      first: ['InventoryView.OpenInventoryViewFolder'],
      body: (lab) => ({ entity: [datacenter(lab)] }),
    },
  },
  'ListView.ModifyListView': {
    summary: 'Adds objects to a list and takes others out',
    text: 'Answers those that do not exist.',
    example: {
      on: (lab) => lab.ref('ListView'),
      first: ['ViewManager.CreateListView'],
      body: (lab) => ({ add: [cluster(lab)], remove: [demo(lab)] }),
    },
  },
  'ListView.ResetListView': {
    summary: 'Replaces what a list holds',
    example: {
      on: (lab) => lab.ref('ListView'),
      first: ['ViewManager.CreateListView'],
      body: (lab) => ({ obj: [cluster(lab)] }),
    },
  },
  'ListView.ResetListViewFromView': {
    summary: 'Makes a list hold what another view holds now',
    example: {
      on: (lab) => lab.ref('ListView'),
      first: ['ViewManager.CreateListView', 'ViewManager.CreateContainerView'],
      body: (lab) => ({ view: lab.ref('ContainerView') }),
    },
  },
  'View.DestroyView': {
    summary: 'Removes a view',
    example: { on: (lab) => lab.ref('ContainerView'), first: ['ViewManager.CreateContainerView'] },
  },

  'SearchIndex.FindByInventoryPath': {
    summary: 'Finds an entity by its path',
    text: 'From the datacenter on, folders included: `Lab/vm/smp-ft-demo`. A slash in a name is written `%2f`. An empty answer: there is none.',
    example: { on: search, body: () => ({ inventoryPath: 'Lab/vm/smp-ft-demo' }) },
  },
  'SearchIndex.FindChild': {
    summary: 'Finds an entity by its parent and name',
    example: {
      on: search,
      body: (lab) => ({ entity: lab.ref('Datacenter', 'Lab', 'vmFolder'), name: 'smp-ft-demo' }),
    },
  },
  'SearchIndex.FindByUuid': {
    summary: 'Finds a VM or a host by its UUID',
    text: "For a VM its BIOS UUID, or with `instanceUuid` the one that vCenter gave it; for a host its hardware's.",
    example: {
      on: search,
      body: (lab) => ({ uuid: lab.text('VirtualMachine', 'smp-ft-demo', 'config.uuid'), vmSearch: true }),
    },
  },
  'SearchIndex.FindAllByUuid': {
    summary: 'Finds all VMs or hosts with a UUID',
    text: 'The two halves of a fault-tolerant VM share theirs.',
    example: {
      on: search,
      body: (lab) => ({
        uuid: lab.text('VirtualMachine', 'smp-ft-demo', 'config.instanceUuid'),
        vmSearch: true,
        instanceUuid: true,
      }),
    },
  },
  'SearchIndex.FindByIp': {
    summary: 'Finds a VM or a host by an IP address',
    text: 'VMs by what VMware Tools tell, hosts by the addresses of their vmkernel adapters.',
    example: {
      on: search,
      body: (lab) => ({ datacenter: datacenter(lab), ip: '192.168.10.21', vmSearch: false }),
    },
  },
  'SearchIndex.FindAllByIp': {
    summary: 'Finds all VMs or hosts with an IP address',
    example: { on: search, body: () => ({ ip: '192.168.10.21', vmSearch: true }) },
  },
  'SearchIndex.FindByDnsName': {
    summary: 'Finds a VM or a host by its DNS name',
    example: { on: search, body: () => ({ dnsName: 'vesxi-01.lab.local', vmSearch: false }) },
  },
  'SearchIndex.FindAllByDnsName': {
    summary: 'Finds all VMs or hosts with a DNS name',
    example: { on: search, body: () => ({ dnsName: 'vesxi-01.lab.local', vmSearch: true }) },
  },
  'SearchIndex.FindByDatastorePath': {
    summary: 'Finds a VM by its configuration file',
    example: {
      on: search,
      body: (lab) => ({ datacenter: datacenter(lab), path: '[nfs-shared] smp-ft-demo/smp-ft-demo.vmx' }),
    },
  },

  'Task.CancelTask': {
    summary: 'Cancels a running task',
    text: 'Only while its `cancelable` is true; what is done is undone where the method can. With the default pace tasks are over at once: start the server with `--pace real` to meet one.',
    example: { on: (lab) => lab.ref('Task'), stale: 'the id of a task that runs' },
  },
  'TaskManager.CreateTask': {
    summary: 'Makes a task that the client carries on itself',
    text: 'Its type must be one that an extension has registered.',
    example: {
      on: (lab) => lab.ref('TaskManager'),
      body: (lab) => ({ obj: demo(lab), taskTypeId: 'com.example.backup', cancelable: false }),
      stale: 'a task type that an extension has registered',
    },
  },
  'Task.SetTaskState': {
    summary: "Moves a client's task on",
    example: { on: (lab) => lab.ref('Task'), body: () => ({ state: 'running' }), stale: clientTask },
  },
  'Task.UpdateProgress': {
    summary: "Tells the progress of a client's task",
    example: { on: (lab) => lab.ref('Task'), body: () => ({ percentDone: 50 }), stale: clientTask },
  },
  'Task.SetTaskDescription': {
    summary: "Tells what a client's task is doing",
    example: {
      on: (lab) => lab.ref('Task'),
      body: () => ({
        description: data('LocalizableMessage', { key: 'com.example.copy', message: 'Copying.' }),
      }),
      stale: clientTask,
    },
  },

  'EventManager.QueryEvents': {
    summary: 'Lists events, oldest first',
    text: 'Every part of the filter narrows: entity (alone, its children or all below), time, user, category, type, chain, tag; `maxCount` keeps the newest. The last 10,000 events are there.',
    example: {
      on: events,
      body: (lab) => ({
        filter: data('EventFilterSpec', {
          entity: data('EventFilterSpecByEntity', { entity: demo(lab), recursion: 'self' }),
          maxCount: 100,
        }),
      }),
    },
  },
  'EventManager.PostEvent': {
    summary: "Posts an event of the client's own",
    text: 'Its key, chain and user are set by the server.',
    example: {
      on: events,
      body: (lab) => ({
        eventToPost: {
          _typeName: 'EventEx',
          key: 0,
          chainId: 0,
          createdTime: '2026-01-01T00:00:00Z',
          userName: '',
          eventTypeId: 'com.example.backup.done',
          severity: 'info',
          message: 'The backup is done.',
          objectId: demo(lab).value,
          objectType: 'VirtualMachine',
        },
      }),
    },
  },
  'EventManager.LogUserEvent': {
    summary: 'Writes a line into the events of an entity',
    example: { on: events, body: (lab) => ({ entity: demo(lab), msg: 'Ready for the failover drill.' }) },
  },
  'EventManager.RetrieveArgumentDescription': {
    summary: "Lists an event type's arguments",
    example: { on: events, body: () => ({ eventTypeId: 'VmPoweredOnEvent' }) },
  },
}
