import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const events = (lab: Lab) => lab.ref('EventManager')
const tasks = (lab: Lab) => lab.ref('TaskManager')
const eventCollector = (lab: Lab) => lab.ref('EventHistoryCollector')
const taskCollector = (lab: Lab) => lab.ref('TaskHistoryCollector')

const ofEvents = 'EventManager.CreateCollectorForEvents'
const ofTasks = 'TaskManager.CreateCollectorForTasks'

const WHAT =
  "It belongs to the session, which may have 32 of a kind. Its property `latestPage` holds the newest items, the newest first; a property filter on it is told of each change. To read all, move the collector's place with `ReadNext...` and `ReadPrevious...`."

export const historyDescriptions: Descriptions = {
  'EventManager.CreateCollectorForEvents': {
    summary: 'Makes a collector of events',
    text: `${WHAT} The filter's \`maxCount\` is the size of the page, by default 10.`,
    example: {
      on: events,
      body: (lab) => ({
        filter: data('EventFilterSpec', {
          entity: data('EventFilterSpecByEntity', { entity: lab.ref('Datacenter', 'Lab'), recursion: 'all' }),
          eventTypeId: ['VmPoweredOnEvent', 'VmPoweredOffEvent'],
        }),
      }),
    },
  },
  'EventHistoryCollector.ReadNextEvents': {
    summary: 'Reads on towards the newest event',
    text: 'The oldest first, at most `maxCount` (1 to 1000). Nothing is left: the answer is empty, and holds what is new the next time.',
    example: { on: eventCollector, first: [ofEvents], body: () => ({ maxCount: 100 }) },
  },
  'EventHistoryCollector.ReadPreviousEvents': {
    summary: 'Reads on towards the oldest event',
    text: 'The newest first, at most `maxCount` (1 to 1000).',
    example: { on: eventCollector, first: [ofEvents], body: () => ({ maxCount: 100 }) },
  },
  'TaskManager.CreateCollectorForTasks': {
    summary: 'Makes a collector of tasks',
    text: `${WHAT} It shows the tasks that run, and those that are over, long after their objects are gone.`,
    example: {
      on: tasks,
      body: (lab) => ({
        filter: data('TaskFilterSpec', {
          entity: data('TaskFilterSpecByEntity', { entity: lab.ref('Datacenter', 'Lab'), recursion: 'all' }),
          state: ['running', 'error'],
        }),
      }),
    },
  },
  'TaskManager.CreateCollectorWithInfoFilterForTasks': {
    summary: 'Makes a collector of tasks without some of their results',
    text: 'As `CreateCollectorForTasks`. `removeAll` leaves out all results; else those of `descriptionIds`, or with `filterIn` all but those.',
    example: {
      on: tasks,
      body: () => ({
        filter: data('TaskFilterSpec', {}),
        infoFilter: data('TaskInfoFilterSpec', {
          filterTaskResults: data('TaskInfoFilterSpecFilterTaskResults', { removeAll: true }),
        }),
      }),
    },
  },
  'TaskHistoryCollector.ReadNextTasks': {
    summary: 'Reads on towards the newest task',
    text: 'In order of creation, at most `maxCount` (1 to 1000). Nothing is left: the answer is empty.',
    example: { on: taskCollector, first: [ofTasks], body: () => ({ maxCount: 100 }) },
  },
  'TaskHistoryCollector.ReadPreviousTasks': {
    summary: 'Reads on towards the oldest task',
    text: 'The newest first, at most `maxCount` (1 to 1000).',
    example: { on: taskCollector, first: [ofTasks], body: () => ({ maxCount: 100 }) },
  },
  'HistoryCollector.SetCollectorPageSize': {
    summary: 'Sets how many items the latest page holds',
    text: '1 to 1000.',
    example: { on: eventCollector, first: [ofEvents], body: () => ({ maxCount: 50 }) },
  },
  'HistoryCollector.RewindCollector': {
    summary: 'Goes to the oldest item',
    example: { on: eventCollector, first: [ofEvents] },
  },
  'HistoryCollector.ResetCollector': {
    summary: 'Goes to the place before the latest page',
    text: 'Then `ReadPrevious...` gives what is older than the page.',
    example: { on: eventCollector, first: [ofEvents] },
  },
  'HistoryCollector.DestroyCollector': {
    summary: 'Removes a collector',
    example: { on: eventCollector, first: [ofEvents] },
  },
}
