import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const extensions = (lab: Lab) => lab.ref('ExtensionManager')

const KEY = 'com.example.backup'

const extension = (version: string) =>
  data('Extension', {
    description: data('Description', { label: 'Backup', summary: 'Backs up virtual machines' }),
    key: KEY,
    company: 'Example',
    version,
    lastHeartbeatTime: '2026-01-01T00:00:00Z',
  })

const registered = ['ExtensionManager.RegisterExtension']

export const extensionDescriptions: Descriptions = {
  'ExtensionManager.FindExtension': {
    summary: 'Finds an extension by its key',
    text: 'Nothing for a key that is not registered.',
    example: { on: extensions, body: () => ({ extensionKey: 'com.vmware.vim.eam' }) },
  },
  'ExtensionManager.RegisterExtension': {
    summary: 'Registers an extension',
    text: 'A key that is taken: `InvalidArgument`. `lastHeartbeatTime` becomes the time of the server.',
    example: { on: extensions, body: () => ({ extension: extension('1.0') }) },
  },
  'ExtensionManager.UpdateExtension': {
    summary: 'Replaces what is registered of an extension',
    example: { on: extensions, first: registered, body: () => ({ extension: extension('1.1') }) },
  },
  'ExtensionManager.UnregisterExtension': {
    summary: 'Removes an extension',
    example: { on: extensions, first: registered, body: () => ({ extensionKey: KEY }) },
  },
  'ExtensionManager.SetPublicKey': {
    summary: 'Keeps the public key of an extension',
    example: { on: extensions, first: registered, body: () => ({ extensionKey: KEY, publicKey: 'MIIB...' }) },
  },
  'ExtensionManager.SetExtensionCertificate': {
    summary: 'Keeps the certificate of an extension',
    text: 'Without `certificatePem`: `NoClientCertificate`, since the connection has none to offer.',
    example: {
      on: extensions,
      first: registered,
      body: () => ({ extensionKey: KEY, certificatePem: '-----BEGIN CERTIFICATE-----' }),
    },
  },
  'ExtensionManager.SetServiceAccount': {
    summary: 'Keeps the account under which an extension works',
    example: {
      on: extensions,
      first: registered,
      body: () => ({ extensionKey: KEY, serviceAccount: 'backup@vsphere.local' }),
    },
  },
  'ExtensionManager.QueryManagedBy': {
    summary: 'Finds what an extension manages',
    text: 'Virtual machines and vApps with its key in `managedBy`.',
    example: { on: extensions, body: () => ({ extensionKey: 'com.vmware.vim.eam' }) },
  },
}
