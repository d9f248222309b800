import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { UserSearchResult } from '#vim25/generated/types.js'
import { requireAnywhere } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import { sameUser } from '../session/rules.js'
import { domainOf, isIn, LOCAL_DOMAIN, labelOf, type Principal, principals } from './principals.js'

export const userDirectoryOperations = operations('UserDirectory', {
  /** For whoever may give permissions to anything (API reference). */
  RetrieveUserGroups(ctx, self, search) {
    const {
      domain = '',
      searchStr,
      exactMatch,
      belongsToGroup,
      belongsToUser,
      findUsers,
      findGroups,
    } = search
    requireAnywhere(ctx.tx, ctx.session, 'Authorization.ModifyPermissions')
    const { domainList = [] } = ctx.tx.get('UserDirectory', self.value)
    const asked = domain === '' ? LOCAL_DOMAIN : domain.toLowerCase()
    const all = principals(ctx.tx, ctx.services)
    if (!domainList.includes(asked) && !all.some((one) => domainOf(one) === asked))
      throw fault('NotFound', {})
    const group = belongsToGroup === undefined ? undefined : named(all, belongsToGroup, true, asked)
    const user = belongsToUser === undefined ? undefined : named(all, belongsToUser, false, asked)
    return all
      .filter((one) => domainOf(one) === asked && (one.group ? findGroups : findUsers))
      .filter((one) => matches(one, searchStr, exactMatch))
      .filter((one) => !group || isIn(one, group))
      .filter((one) => !user || (one.group && isIn(user, one)))
      .map(result)
  },
})

/** A user or group by its name, with its domain or without. Throws NotFound. */
function named(all: readonly Principal[], name: string, group: boolean, domain: string): Principal {
  const found = all.find(
    (one) =>
      one.group === group &&
      (sameUser(one.name, name) || (domainOf(one) === domain && bare(one) === name.toLowerCase())),
  )
  if (!found) throw fault('NotFound', {})
  return found
}

/** The name without its domain. */
const bare = ({ name }: Principal) => name.slice(name.indexOf('\\') + 1).toLowerCase()

function matches(one: Principal, searchStr: string, exact: boolean): boolean {
  const wanted = searchStr.toLowerCase()
  if (exact) return bare(one) === wanted || one.name.toLowerCase() === wanted
  return bare(one).includes(wanted) || (labelOf(one)?.toLowerCase().includes(wanted) ?? false)
}

const result = (one: Principal): UserSearchResult =>
  data('UserSearchResult', { principal: one.name, fullName: labelOf(one), group: one.group })
