import { operations } from '../core/behaviour.js'

export const serviceInstanceOperations = operations('ServiceInstance', {
  CurrentTime: (ctx) => ctx.time,
  RetrieveServiceContent: (ctx, self) => ctx.tx.get('ServiceInstance', self.value).content,
})
