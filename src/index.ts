export type { Environment } from '#app/environment.js'
export { createFauxsphere, type Fauxsphere, type Snapshot, type WorldClock } from '#app/fauxsphere.js'
export { type ClockSettings, type FauxsphereOptions, type LogLevel, OptionError } from '#app/options.js'
export { Refusal } from '#app/refusal.js'
