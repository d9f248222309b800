import { data } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import type {
  HttpNfcLeaseDeviceUrl,
  LocalizedMethodFault,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { type Context, later } from '../core/context.js'
import { bindToSession, newSessionMoid, removeSessionObject } from '../session/objects.js'
import { completeTask, failTask } from '../task/task.js'
import { destroyVm } from '../vm/remove.js'
import { leaseTask } from './lease-task.js'
import { type LeaseFile, leaseKey, type NfcLease, nfcLeases } from './records.js'
import { THUMBPRINT } from './thumbprint.js'

/** Seconds without a sign of life after which a lease is over (HttpNfcLeaseInfo.leaseTimeout; soap-wire 7). */
export const LEASE_TIMEOUT = 300

export const LEASE_READY = 'nfc.ready'
export const LEASE_EXPIRES = 'nfc.expires'
export const LEASE_FORGET = 'nfc.forget'

const CAPABILITIES = data('HttpNfcLeaseCapabilities', { pullModeSupported: false, corsSupported: true })

export interface NewLease {
  readonly kind: NfcLease['kind']
  readonly entity: ManagedObjectReference
  readonly vms: readonly string[]
  readonly files: readonly LeaseFile[]
  readonly descriptionId: string
}

/** A lease of the caller's session, initializing; ready a moment later. Its VM is busy until it ends (deviation 89). */
export function openLease(ctx: Context, { descriptionId, ...about }: NewLease): ManagedObjectReference {
  const { tx, session } = ctx
  const token = ctx.services.random.uuid('52', 'nfcLease', tx.next('nfcLease'))
  const ref = tx.create('HttpNfcLease', newSessionMoid(ctx), {
    initializeProgress: 0,
    transferProgress: 0,
    mode: 'pushOrGet',
    capabilities: CAPABILITIES,
    state: 'initializing',
  })
  bindToSession(ctx, ref)
  const lease: NfcLease = {
    ...about,
    token,
    lease: ref.value,
    task: leaseTask(ctx, descriptionId, about.entity).value,
    session: session?.token ?? '',
    expires: ctx.now + LEASE_TIMEOUT * 1000,
  }
  tx.create(nfcLeases, leaseKey(token), lease)
  later(ctx, 1, LEASE_READY, { token, origin: ctx.client?.origin })
  watch(ctx, token, lease.expires)
  return ref
}

/** Real time, whatever the pace: a client sends its bytes in its own time. */
function watch(ctx: Context, token: string, expires: number): void {
  ctx.tx.schedule(expires, LEASE_EXPIRES, { token })
}

/** `work`: the lease tells where its bytes go. */
export function makeReady(ctx: Context, { token, origin }: Readonly<Record<string, unknown>>): void {
  const lease = ctx.tx.find(nfcLeases, leaseKey(String(token)))
  if (!lease || ctx.tx.find('HttpNfcLease', lease.lease)?.state !== 'initializing') return
  const at = typeof origin === 'string' ? origin : 'https://localhost:443'
  const bytes = lease.files.reduce((sum, file) => sum + (file.disk ? file.capacity : 0), 0)
  ctx.tx.set('HttpNfcLease', lease.lease, {
    initializeProgress: 100,
    state: 'ready',
    info: data('HttpNfcLeaseInfo', {
      lease: ctx.tx.ref(lease.lease),
      entity: lease.entity,
      deviceUrl: lease.files.map((file) => deviceUrl(ctx, lease, file, at)),
      totalDiskCapacityInKB: Math.ceil(bytes / 1024),
      leaseTimeout: LEASE_TIMEOUT,
    }),
  })
}

function deviceUrl(ctx: Context, lease: NfcLease, file: LeaseFile, origin: string): HttpNfcLeaseDeviceUrl {
  return data('HttpNfcLeaseDeviceUrl', {
    key: file.key,
    importKey: file.importKey,
    url: `${origin}/nfc/${lease.token}/${file.name}`,
    sslThumbprint: String(ctx.services.volatile.get(THUMBPRINT) ?? ''),
    disk: file.disk,
    targetId: lease.kind === 'export' ? file.name : undefined,
    fileSize: file.size,
  })
}

/** A sign of life. */
export function renew(ctx: Context, lease: NfcLease): void {
  ctx.tx.set(nfcLeases, leaseKey(lease.token), { expires: ctx.now + LEASE_TIMEOUT * 1000 })
}

/** `work`: a lease that nobody kept alive is over. */
export function expireLease(ctx: Context, { token }: Readonly<Record<string, unknown>>): void {
  const lease = ctx.tx.find(nfcLeases, leaseKey(String(token)))
  if (!lease) return
  if (lease.expires > ctx.now) watch(ctx, lease.token, lease.expires)
  else abortLease(ctx, lease, localized(fault('Timedout', {})))
}

/** `work`: leases end with their session. */
export function endWithSession(ctx: Context, { token }: Readonly<Record<string, unknown>>): void {
  for (const key of [...ctx.tx.ids(nfcLeases)]) {
    const lease = ctx.tx.get(nfcLeases, key)
    if (lease.session === token) abortLease(ctx, lease, localized(fault('RequestCanceled', {})))
  }
}

/** `work`: a lease that is over has been seen by whoever wanted to. */
export function forgetLease(ctx: Context, { lease }: Readonly<Record<string, unknown>>): void {
  removeSessionObject(ctx.tx, String(lease))
}

/** What was to be made goes again; an export just ends. */
export function abortLease(ctx: Context, lease: NfcLease, error: LocalizedMethodFault): void {
  const { tx } = ctx
  failTask(ctx, lease.task, new VimFault(error.fault, error.localizedMessage ?? ''))
  if (lease.kind === 'import') {
    for (const id of lease.vms) {
      const vm = tx.find('VirtualMachine', id) && tx.ref(id)
      if (vm) destroyVm(ctx, vm)
    }
    removePools(ctx, lease.entity)
  }
  close(ctx, lease, { state: 'error', error })
}

/** The vApp that was to hold them. */
function removePools(ctx: Context, entity: ManagedObjectReference): void {
  if (entity.type !== 'VirtualMachine' && ctx.tx.entity(entity.value)) ctx.tx.remove(entity.value)
}

/** What the lease was for is done. */
export function finishLease(ctx: Context, lease: NfcLease): void {
  completeTask(ctx, lease.task, lease.kind === 'import' ? lease.entity : undefined)
  close(ctx, lease, { state: 'done', transferProgress: 100 })
}

function close(
  ctx: Context,
  { token, lease }: NfcLease,
  changes: { state: 'done' | 'error'; error?: LocalizedMethodFault; transferProgress?: number },
): void {
  ctx.tx.remove(leaseKey(token))
  if (!ctx.tx.entity(lease)) return
  ctx.tx.set('HttpNfcLease', lease, changes)
  ctx.tx.schedule(ctx.now + LEASE_TIMEOUT * 1000, LEASE_FORGET, { lease })
}
