import { tellsErrorTypes } from './eras.js'
import type { VapiError } from './error.js'

/** The fields of an error's structure, as a release (an index into RELEASES) sends them. */
export const errorFields = ({ type, messages, data }: VapiError, release: number) => ({
  error_type: tellsErrorTypes(release) ? type : undefined,
  messages,
  data,
})
