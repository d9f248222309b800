/** Operations that answer without a session (rest-wire 1.2, 2.3), as `service/operation`: logging in reads its own credentials. */
export const ANONYMOUS: ReadonlySet<string> = new Set([
  'com.vmware.cis.session/create',
  'com.vmware.vcenter.system/hello',
])
