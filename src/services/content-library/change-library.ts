import type { ContentLibraryModel } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { checkDescription, checkName, checkSameBacking, checkVersion } from './library-spec.js'
import { type Library, libraries, libraryKey } from './records.js'

/** Changes what every library has; what the spec does not say stays. `more` are changes of its type's own. */
export function changeLibrary(
  call: ServiceCall,
  library: Library,
  spec: ContentLibraryModel,
  conflict: 'CONCURRENT_CHANGE' | 'INVALID_ARGUMENT',
  more: Partial<Library> = {},
): void {
  checkVersion(library.version, spec.version, conflict)
  checkSameBacking(library, spec)
  const changes: Partial<Library> = {
    ...more,
    ...(spec.name !== undefined && { name: checkName(spec.name) }),
    ...(spec.description !== undefined && { description: checkDescription(spec.description) }),
    ...(spec.security_policy_id !== undefined && { securityPolicy: spec.security_policy_id }),
    ...(spec.unset_security_policy_id === true && { securityPolicy: undefined }),
  }
  call.transact((ctx) =>
    ctx.tx.set(libraries, libraryKey(library.id), {
      ...changes,
      version: library.version + 1,
      modified: ctx.now,
    }),
  )
}
