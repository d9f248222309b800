import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../support/server-process.js'

/** How the programs of examples/ say that they are run, and what each of them has to print. */
const PROGRAMS: readonly (readonly [command: string, says: readonly string[]])[] = [
  [
    'sh examples/turn-on-ft.sh',
    [
      'smp-ft-demo is vm-24 on vesxi-01.lab.local',
      'In its way: []',
      'CreateSecondaryVMEx_Task: success',
      'vm-24 is running, its secondary vm-25 is on vesxi-02.lab.local',
      'PowerOffVM_Task: success',
      'vesxi-01 has failed; vm-25 is the primary now, on vesxi-02.lab.local',
    ],
  ],
  [
    'python3 examples/turn_on_ft.py',
    [
      'smp-ft-demo is vm-24 on vesxi-01.lab.local',
      'It is running, with vm-25 on vesxi-02.lab.local',
      'A second time: VmFaultToleranceOpIssuesList: ',
      'vesxi-01 has failed, vm-25 is now the primary',
    ],
  ],
  [
    'go run examples/turn-on-ft.go',
    [
      'smp-ft-demo is vm-24 on vesxi-01.lab.local',
      'It has a secondary, vm-25 on vesxi-02.lab.local',
      'vesxi-01 has failed, the role of vm-25 is 1 now',
    ],
  ],
]

/** A machine need not have them all: what is not there is not run. The first compilation of Go takes its time. */
const isThere = (program: string) =>
  spawnSync(program, [program === 'go' ? 'version' : '--version']).error === undefined
const MOST_MS = 120_000

const runnable = PROGRAMS.map(([line, says]) => [line.split(' '), says] as const).filter(
  ([[program = '']]) => program === 'sh' || isThere(program),
)

describe('examples', () => {
  it.each(runnable)(
    '%j',
    async (command, says) => {
      const { HOME, GOCACHE } = process.env
      const { code, out, err } = await runCommand(['exec', '--', ...command], {
        HOME,
        GOCACHE,
        GOPROXY: 'off',
      })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const lines = out.trimEnd().split('\n')
      expect(lines.map((line, at) => line.slice(0, says[at]?.length))).toEqual(says)
    },
    MOST_MS,
  )
})
