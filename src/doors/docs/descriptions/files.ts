import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const files = (lab: Lab) => lab.ref('FileManager')
const disks = (lab: Lab) => lab.ref('VirtualDiskManager')
const namespaces = (lab: Lab) => lab.ref('DatastoreNamespaceManager')
const browser = (lab: Lab) => lab.ref('Datastore', 'nfs-shared', 'browser')
const datacenter = (lab: Lab) => lab.ref('Datacenter')
const heartbeat = (lab: Lab) => lab.ref('Datastore', 'nfs-heartbeat')

const ISO = '[nfs-shared] iso/ESXi-6.0.0.iso'
const DISK = '[nfs-shared] disks/data.vmdk'

const MAKE = 'FileManager.MakeDirectory'
const CREATE = 'VirtualDiskManager.CreateVirtualDisk_Task'
/** What has to be there before an example can work on a disk. */
const withDisk = [MAKE, CREATE]

const disk = (lab: Lab) => ({ name: DISK, datacenter: datacenter(lab) })
const onDisk = (summary: string, text?: string) => ({
  summary,
  ...(text !== undefined && { text }),
  example: { on: disks, first: withDisk, body: disk },
})

/** For methods of vSAN and vVol datastores, of which there are none. */
const vsan = { stale: 'the path of a directory on a vSAN datastore' }
const vvol = { stale: 'the path of a disk on a vVol datastore' }
const NO_VSAN =
  'Only vSAN and vVol datastores have such directories; there are none here, so it always fails.'
const NO_VVOL =
  'Only vVol datastores have such snapshots; there are none here, so it fails with `InvalidDatastore`.'

export const fileDescriptions: Descriptions = {
  [MAKE]: {
    summary: 'Makes a directory on a datastore',
    text: 'With `createParentDirectories` also those above it; else `FileNotFound` when one is missing. `FileAlreadyExists` for what is there. Names are `[datastore] path` in a datacenter, or an address below `/folder`.',
    example: { on: files, body: (lab) => ({ name: '[nfs-shared] disks', datacenter: datacenter(lab) }) },
  },
  'FileManager.DeleteDatastoreFile_Task': {
    summary: 'Deletes a file or a directory',
    text: 'A directory goes with everything in it. `FileLocked` for what a running VM has open.',
    example: { on: files, body: (lab) => ({ name: ISO, datacenter: datacenter(lab) }) },
  },
  'FileManager.CopyDatastoreFile_Task': {
    summary: 'Copies a file or a directory',
    text: 'Also to another datastore. The directory above the target has to exist. Disks are copied with VirtualDiskManager.',
    example: {
      on: files,
      body: (lab) => ({
        sourceName: ISO,
        sourceDatacenter: datacenter(lab),
        destinationName: '[nfs-heartbeat] installer.iso',
      }),
    },
  },
  'FileManager.MoveDatastoreFile_Task': {
    summary: 'Moves or renames a file or a directory',
    text: '`force` replaces a file that is there, which else is `FileAlreadyExists`.',
    example: {
      on: files,
      body: (lab) => ({
        sourceName: ISO,
        sourceDatacenter: datacenter(lab),
        destinationName: '[nfs-shared] iso/old.iso',
      }),
    },
  },
  'FileManager.ChangeOwner': {
    summary: 'Gives a file to another user',
    text: 'Searches with `details.fileOwner` tell whose files are.',
    example: { on: files, body: (lab) => ({ name: ISO, datacenter: datacenter(lab), owner: 'backup' }) },
  },
  'FileManager.QueryFileLockInfo': {
    summary: 'Tells which host has a file open',
    text: 'None for a file that no running VM has open.',
    example: {
      on: files,
      body: (lab) => ({ path: ISO, host: lab.ref('HostSystem', 'vesxi-01.lab.local') }),
    },
  },

  'HostDatastoreBrowser.SearchDatastore_Task': {
    summary: 'Lists the files in a directory',
    text: '`matchPattern` takes `*` and `?`, `query` looks for kinds of files, `details` asks for types, sizes, times and owners. The result is a HostDatastoreBrowserSearchResults.',
    example: {
      on: browser,
      body: () => ({
        datastorePath: '[nfs-shared] iso',
        searchSpec: data('HostDatastoreBrowserSearchSpec', {
          matchPattern: ['*.iso'],
          query: [data('IsoImageFileQuery', {})],
          details: data('FileQueryFlags', {
            fileType: true,
            fileSize: true,
            modification: true,
            fileOwner: false,
          }),
        }),
      }),
    },
  },
  'HostDatastoreBrowser.SearchDatastoreSubFolders_Task': {
    summary: 'Lists the files in a directory and below',
    text: 'A result for each directory: `folderPath` ends so that a file name can follow.',
    example: {
      on: browser,
      body: () => ({
        datastorePath: '[nfs-shared]',
        searchSpec: data('HostDatastoreBrowserSearchSpec', { query: [data('VmConfigFileQuery', {})] }),
      }),
    },
  },
  'HostDatastoreBrowser.DeleteFile': {
    summary: 'Deletes a file or a directory',
    text: 'Superseded by FileManager.DeleteDatastoreFile_Task.',
    example: { on: browser, body: () => ({ datastorePath: ISO }) },
  },

  [CREATE]: {
    summary: 'Makes a virtual disk',
    text: 'The directory has to exist. `diskType`: `thin`, `preallocated` or `eagerZeroedThick`, among others. The result is its path.',
    example: {
      on: disks,
      first: [MAKE],
      body: (lab) => ({
        ...disk(lab),
        spec: data('FileBackedVirtualDiskSpec', {
          diskType: 'thin',
          adapterType: 'lsiLogic',
          capacityKb: 2 ** 20,
        }),
      }),
    },
  },
  'VirtualDiskManager.DeleteVirtualDisk_Task': onDisk(
    'Deletes a virtual disk',
    '`FileLocked` while a running VM has it.',
  ),
  'VirtualDiskManager.CopyVirtualDisk_Task': {
    summary: 'Copies a virtual disk',
    text: 'What is on it comes along. `destSpec` may ask for another layout.',
    example: {
      on: disks,
      first: withDisk,
      body: (lab) => ({
        sourceName: DISK,
        sourceDatacenter: datacenter(lab),
        destName: '[nfs-shared] disks/copy.vmdk',
      }),
    },
  },
  'VirtualDiskManager.MoveVirtualDisk_Task': {
    summary: 'Moves or renames a virtual disk',
    example: {
      on: disks,
      first: withDisk,
      body: (lab) => ({
        sourceName: DISK,
        sourceDatacenter: datacenter(lab),
        destName: '[nfs-shared] disks/moved.vmdk',
      }),
    },
  },
  'VirtualDiskManager.ExtendVirtualDisk_Task': {
    summary: 'Makes a virtual disk larger',
    text: 'Also for the VM that has it, which must not run. Disks never get smaller: `InvalidArgument`.',
    example: {
      on: disks,
      first: withDisk,
      body: (lab) => ({ ...disk(lab), newCapacityKb: 2 * 2 ** 20 }),
    },
  },
  'VirtualDiskManager.InflateVirtualDisk_Task': onDisk('Gives a thin disk all of its space'),
  'VirtualDiskManager.EagerZeroVirtualDisk_Task': onDisk(
    'Clears what is not written yet',
    'The disk is thick then.',
  ),
  'VirtualDiskManager.ZeroFillVirtualDisk_Task': onDisk(
    'Overwrites a disk with zeros',
    'What was on it is gone.',
  ),
  'VirtualDiskManager.ShrinkVirtualDisk_Task': onDisk(
    'Gives unused space of a disk back',
    'Nothing here tells used space from unused: nothing changes.',
  ),
  'VirtualDiskManager.DefragmentVirtualDisk_Task': onDisk('Defragments a sparse disk', 'Nothing changes.'),
  'VirtualDiskManager.QueryVirtualDiskFragmentation': onDisk(
    'Tells how fragmented a disk is',
    'Always 0 percent.',
  ),
  'VirtualDiskManager.QueryVirtualDiskGeometry': onDisk('Tells the cylinders, heads and sectors of a disk'),
  'VirtualDiskManager.QueryVirtualDiskUuid': onDisk("Tells a disk's UUID"),
  'VirtualDiskManager.SetVirtualDiskUuid': {
    summary: 'Gives a disk another UUID',
    text: 'Of 16 bytes in hex. A VM that has the disk shows it too.',
    example: {
      on: disks,
      first: withDisk,
      body: (lab) => ({ ...disk(lab), uuid: '60 00 C2 9a 00 01 02 03-04 05 06 07 08 09 0a 0b' }),
    },
  },
  'VirtualDiskManager.ImportUnmanagedSnapshot': {
    summary: 'Takes over a snapshot that a storage array made',
    text: NO_VVOL,
    example: {
      on: disks,
      ...vvol,
      body: (lab) => ({ vdisk: DISK, datacenter: datacenter(lab), vvolId: 'id' }),
    },
  },
  'VirtualDiskManager.ReleaseManagedSnapshot': {
    summary: 'Leaves a snapshot to the storage array',
    text: NO_VVOL,
    example: { on: disks, ...vvol, body: (lab) => ({ vdisk: DISK, datacenter: datacenter(lab) }) },
  },

  'DatastoreNamespaceManager.CreateDirectory': {
    summary: 'Makes a top-level directory of vSAN or vVol',
    text: NO_VSAN,
    example: {
      on: namespaces,
      ...vsan,
      body: (lab) => ({ datastore: heartbeat(lab), displayName: 'images' }),
    },
  },
  'DatastoreNamespaceManager.DeleteDirectory': {
    summary: 'Deletes a top-level directory of vSAN or vVol',
    text: NO_VSAN,
    example: {
      on: namespaces,
      ...vsan,
      body: (lab) => ({ datacenter: datacenter(lab), datastorePath: '/vmfs/volumes/vsan:id/images' }),
    },
  },
  'DatastoreNamespaceManager.ConvertNamespacePathToUuidPath': {
    summary: 'Tells the path of a vVol by its identifier',
    text: NO_VSAN,
    example: {
      on: namespaces,
      ...vsan,
      body: (lab) => ({ datacenter: datacenter(lab), namespaceUrl: 'ds:///vmfs/volumes/vvol:id/images/' }),
    },
  },
  'DatastoreNamespaceManager.IncreaseDirectorySize': {
    summary: 'Enlarges a top-level directory of vSAN',
    text: NO_VSAN,
    example: {
      on: namespaces,
      ...vsan,
      body: (lab) => ({
        datacenter: datacenter(lab),
        stableName: '/vmfs/volumes/vsan:id/images',
        size: 1024,
      }),
    },
  },
  'DatastoreNamespaceManager.QueryDirectoryInfo': {
    summary: 'Tells the size of a top-level directory of vSAN',
    text: NO_VSAN,
    example: {
      on: namespaces,
      ...vsan,
      body: (lab) => ({ datacenter: datacenter(lab), stableName: '/vmfs/volumes/vsan:id/images' }),
    },
  },

  'Datastore.DatastoreEnterMaintenanceMode': {
    summary: 'Puts a datastore into maintenance mode',
    text: 'Answers with a StoragePlacementResult that names the task. The task fails with `ResourceInUse` while VMs have files on the datastore.',
    example: { on: heartbeat },
  },
  'Datastore.DatastoreExitMaintenanceMode_Task': {
    summary: 'Takes a datastore out of maintenance mode',
    example: { on: heartbeat, first: ['Datastore.DatastoreEnterMaintenanceMode'] },
  },
  'Datastore.RefreshDatastoreStorageInfo': {
    summary: 'Looks at a datastore and its virtual machines anew',
    text: 'All of it is always up to date here.',
    example: { on: heartbeat },
  },
  'Datastore.IsClusteredVmdkEnabled': {
    summary: 'Tells whether a datastore takes disks of guest clusters',
    text: 'Never.',
    example: { on: heartbeat },
  },
  'Datastore.UpdateVirtualMachineFiles_Task': {
    summary: "Lets VMs find their files by a datastore's new path",
    text: 'They always find them here.',
    example: {
      on: heartbeat,
      body: (lab) => ({
        mountPathDatastoreMapping: [
          data('DatastoreMountPathDatastorePair', {
            oldMountPath: '/vmfs/volumes/old',
            datastore: heartbeat(lab),
          }),
        ],
      }),
    },
  },

  'SessionManager.AcquireGenericServiceTicket': {
    summary: 'Gives a ticket for one HTTP request',
    text: 'Send its `id` as the cookie `vmware_cgi_ticket` with the request that the spec describes, within two minutes: no session is needed then. It works once, on `/folder`.',
    example: {
      on: (lab) => lab.ref('SessionManager'),
      // Anybody may call it, but only for a session of theirs.
      stale: 'the token of a session, in the header `vmware-api-session-id`',
      body: () => ({
        spec: data('SessionManagerHttpServiceRequestSpec', {
          method: 'httpGet',
          url: 'https://vesxi-01.lab.local/folder/iso/ESXi-6.0.0.iso?dsName=nfs-shared',
        }),
      }),
    },
  },
}
