const POLICY = 'com.vmware.vcenter.vm_template.library_items.create_spec'

/**
 * Values that clients send and real servers take although the definitions do not have them, by enumeration. `govc
 * library.clone` asks for the policy of the source; a vCenter goes on to look at the source (govmomi issue 1814).
 */
export const UNDECLARED: Readonly<Record<string, readonly string[]>> = {
  [`${POLICY}_vm_home_storage_policy.type`]: ['USE_SOURCE_POLICY'],
  [`${POLICY}_disk_storage_policy.type`]: ['USE_SOURCE_POLICY'],
}
