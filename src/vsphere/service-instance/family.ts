import { dateTime } from '#ports/clock.js'
import { type Family, projection } from '../core/behaviour.js'
import { alarmDescription, performanceDescription, scheduledTaskDescription } from './descriptions.js'
import { serviceInstanceOperations } from './operations.js'

export const serviceInstanceFamily: Family = {
  name: 'service-instance',
  operations: [serviceInstanceOperations],
  projections: [
    projection('ServiceInstance', 'serverClock', (ctx) => dateTime(ctx.now)),
    projection('AlarmManager', 'description', alarmDescription),
    projection('PerformanceManager', 'description', performanceDescription),
    projection('ScheduledTaskManager', 'description', scheduledTaskDescription),
  ],
}
