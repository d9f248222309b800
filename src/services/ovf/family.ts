import type { Family } from '#vsphere/core/behaviour.js'
import { ANSWER_FORGOTTEN, forgetAnswer } from './repeated.js'

export const ovfServiceFamily: Family = {
  name: 'ovf-service',
  work: { [ANSWER_FORGOTTEN]: forgetAnswer },
}
