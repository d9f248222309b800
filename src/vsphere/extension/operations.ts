import { recordKind } from '#inventory/entity.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { Extension } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'

/** With what an extension proves who it is; nobody but the server sees it. */
export interface ExtensionCredentials {
  readonly key: string
  /** PEM. */
  readonly certificate?: string | undefined
  readonly publicKey?: string | undefined
  readonly serviceAccount?: string | undefined
}

export const extensionCredentials = recordKind<ExtensionCredentials>('extensionCredentials')

export const credentialsId = (key: string) => `extensionCredentials:${key}`

const MANAGER = 'ExtensionManager'

export const extensionManagerOperations = operations('ExtensionManager', {
  FindExtension: (ctx, _self, { extensionKey }) => find(ctx, extensionKey),

  /** The heartbeat is the server's own time, whatever the client says. */
  RegisterExtension(ctx, _self, { extension }) {
    const { key } = extension
    if (key === '' || find(ctx, key)) throw fault('InvalidArgument', { invalidProperty: 'extension.key' })
    setExtensions(ctx, [...extensions(ctx), patch(extension, { lastHeartbeatTime: ctx.time })])
  },

  UpdateExtension(ctx, _self, { extension }) {
    requireExtension(ctx, extension.key)
    const updated = patch(extension, { lastHeartbeatTime: ctx.time })
    setExtensions(
      ctx,
      extensions(ctx).map((one) => (one.key === extension.key ? updated : one)),
    )
  },

  UnregisterExtension(ctx, _self, { extensionKey }) {
    requireExtension(ctx, extensionKey)
    const id = credentialsId(extensionKey)
    if (ctx.tx.find(extensionCredentials, id)) ctx.tx.remove(id)
    setExtensions(
      ctx,
      extensions(ctx).filter(({ key }) => key !== extensionKey),
    )
  },

  /** Without a certificate the caller's own counts; no client shows one to this server. */
  SetExtensionCertificate(ctx, _self, { extensionKey, certificatePem }) {
    requireExtension(ctx, extensionKey)
    if (certificatePem === undefined) throw fault('NoClientCertificate', {})
    keep(ctx, extensionKey, { certificate: certificatePem })
  },

  SetPublicKey(ctx, _self, { extensionKey, publicKey }) {
    if (!find(ctx, extensionKey)) throw fault('InvalidArgument', { invalidProperty: 'extensionKey' })
    keep(ctx, extensionKey, { publicKey })
  },

  SetServiceAccount(ctx, _self, { extensionKey, serviceAccount }) {
    requireExtension(ctx, extensionKey)
    keep(ctx, extensionKey, { serviceAccount })
  },

  /** Virtual machines and vApps that say so in their configuration. */
  QueryManagedBy(ctx, _self, { extensionKey }) {
    const { tx } = ctx
    const machines = [...tx.ids('VirtualMachine')].filter(
      (id) => tx.get('VirtualMachine', id).config?.managedBy?.extensionKey === extensionKey,
    )
    const apps = [...tx.ids('VirtualApp')].filter(
      (id) => tx.get('VirtualApp', id).vAppConfig?.managedBy?.extensionKey === extensionKey,
    )
    return [...machines, ...apps].map((id) => tx.ref(id))
  },
})

const extensions = ({ tx }: Context): readonly Extension[] =>
  tx.find('ExtensionManager', MANAGER)?.extensionList ?? []

const find = (ctx: Context, key: string) => extensions(ctx).find((extension) => extension.key === key)

function requireExtension(ctx: Context, key: string): void {
  if (!find(ctx, key)) throw fault('NotFound', {})
}

function setExtensions({ tx }: Context, extensionList: readonly Extension[]): void {
  tx.set('ExtensionManager', MANAGER, { extensionList: Object.freeze([...extensionList]) })
}

function keep({ tx }: Context, key: string, changes: Partial<ExtensionCredentials>): void {
  const id = credentialsId(key)
  if (tx.find(extensionCredentials, id)) tx.set(extensionCredentials, id, changes)
  else tx.create(extensionCredentials, id, { key, ...changes })
}
