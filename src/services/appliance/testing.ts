import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

/** The lab of core/testing.ts with vCenter Server's own objects: the appliance's name and age are theirs. */
export function createApplianceLab(): ServiceLab {
  const lab = createServiceLab()
  lab.sandbox.transact({}, createServiceObjects)
  return lab
}
