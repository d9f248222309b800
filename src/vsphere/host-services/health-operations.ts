import { operations } from '../core/behaviour.js'
import { connectedHost } from './config.js'

/** Sensors say what they say: no machine of this world breaks part by part, so nothing is in its event log. */
export const healthOperations = operations('HostHealthStatusSystem', {
  RefreshHealthStatusSystem(ctx, self) {
    connectedHost(ctx, self)
  },

  ResetSystemHealthInfo(ctx, self) {
    connectedHost(ctx, self)
  },

  FetchSystemEventLog(ctx, self) {
    connectedHost(ctx, self)
    return []
  },

  ClearSystemEventLog(ctx, self) {
    connectedHost(ctx, self)
  },
})
