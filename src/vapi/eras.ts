import { releaseIndex } from './release.js'

/**
 * Whether a release (an index into RELEASES) says the `error_type` of errors, and calls a missing session what it is called
 * since 7.0; recorded from 6.x (rest-wire 1.3, 1.5). The definitions do not tell: the field has always been optional.
 */
export const tellsErrorTypes = (release: number): boolean => release >= releaseIndex('7.0')
