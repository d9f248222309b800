import { changeLibrary } from './change-library.js'
import { contentService } from './content-service.js'
import { invalid } from './errors.js'
import { allLibraries, libraryModel, requireLibrary } from './libraries.js'

/** Libraries of both types. */
export const library = contentService('com.vmware.content.library', {
  get: (call, { library_id }) => libraryModel(call, requireLibrary(call.read, library_id)),

  list: ({ read }) => allLibraries(read).map(({ id }) => id),

  /** Every criterion that is given must fit; names whatever their case. */
  find({ read }, { spec: { name, type } }) {
    if (name === undefined && type === undefined) throw invalid('field_required', 'name')
    return allLibraries(read, type)
      .filter((each) => name === undefined || each.name.toLowerCase() === name.toLowerCase())
      .map(({ id }) => id)
  },

  update(call, { library_id, update_spec }) {
    changeLibrary(call, requireLibrary(call.read, library_id), update_spec, 'INVALID_ARGUMENT')
  },
})
