import { operations } from '../core/behaviour.js'
import { createDescriptor } from './create-descriptor.js'
import { createImportSpec } from './import-spec.js'
import { parseDescriptor } from './parse-result.js'
import { validateHost } from './validate-host.js'

export const ovfManagerOperations = operations('OvfManager', {
  ParseDescriptor: (_ctx, _self, { ovfDescriptor, pdp }) => parseDescriptor(ovfDescriptor, pdp),

  ValidateHost: (ctx, _self, { ovfDescriptor, host, vhp }) => validateHost(ctx, ovfDescriptor, host, vhp),

  CreateImportSpec: (ctx, _self, request) => createImportSpec(ctx, request),

  CreateDescriptor: (ctx, _self, { obj, cdp }) => createDescriptor(ctx, obj, cdp),
})
