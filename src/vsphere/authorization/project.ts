import { projection } from '../core/behaviour.js'
import { isUnrestricted, rolesOn } from './permissions.js'
import { authorizationDescription, privilegeList } from './privileges.js'
import { ROLE, rolesOf } from './roles.js'

const ADMINISTRATOR = Object.freeze([ROLE.admin])

export const authorizationProjections = [
  projection('AuthorizationManager', 'privilegeList', privilegeList),
  projection('AuthorizationManager', 'roleList', (ctx) => rolesOf(ctx.read)),
  projection('AuthorizationManager', 'description', authorizationDescription),
  projection('ManagedEntity', 'effectiveRole', (ctx, _value, { id }) => {
    if (!ctx.session) return undefined
    return isUnrestricted(ctx.read) ? ADMINISTRATOR : rolesOn(ctx.read, ctx.session.userName, id)
  }),
]
