import { data } from '#vim25/data.js'
import type {
  AlarmDescription,
  ElementDescription,
  PerformanceDescription,
  ScheduledTaskDescription,
  TypeDescription,
} from '#vim25/generated/types.js'
import { enumType, subtypesOf } from '#vim25/schema.js'

/** `hostSystem`, `OnceTaskScheduler` -> `Host system`, `Once task scheduler`. */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function element(key: string): ElementDescription {
  const label = wordsOf(key)
  return data('ElementDescription', { key, label, summary: label })
}

/** Labels of an enum's values, made of the values' own words. */
const valuesOf = (name: string) => (enumType(name)?.values ?? []).map(element)

/** Labels of the concrete types below a base. */
function typesOf(base: string): readonly TypeDescription[] {
  return subtypesOf(base)
    .filter((key) => key !== base)
    .map((key) => data('TypeDescription', { key, label: wordsOf(key), summary: wordsOf(key) }))
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

export const alarmDescription: () => AlarmDescription = once(() =>
  data('AlarmDescription', {
    expr: typesOf('AlarmExpression'),
    stateOperator: valuesOf('StateAlarmOperator'),
    metricOperator: valuesOf('MetricAlarmOperator'),
    hostSystemConnectionState: valuesOf('HostSystemConnectionState'),
    virtualMachinePowerState: valuesOf('VirtualMachinePowerState'),
    datastoreConnectionState: ['connected', 'disconnected'].map(element),
    hostSystemPowerState: valuesOf('HostSystemPowerState'),
    virtualMachineGuestHeartbeatStatus: valuesOf('ManagedEntityStatus'),
    entityStatus: valuesOf('ManagedEntityStatus'),
    action: typesOf('Action'),
  }),
)

export const performanceDescription: () => PerformanceDescription = once(() =>
  data('PerformanceDescription', {
    counterType: valuesOf('PerfSummaryType'),
    statsType: valuesOf('PerfStatsType'),
  }),
)

export const scheduledTaskDescription: () => ScheduledTaskDescription = once(() =>
  data('ScheduledTaskDescription', {
    action: typesOf('Action'),
    schedulerInfo: typesOf('TaskScheduler').map(({ key, label, summary }) =>
      data('ScheduledTaskDetail', { key, label, summary, frequency: label }),
    ),
    state: ['enabled', 'disabled'].map(element),
    dayOfWeek: valuesOf('DayOfWeek'),
    weekOfMonth: valuesOf('WeekOfMonth'),
  }),
)
