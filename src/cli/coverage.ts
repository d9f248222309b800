import { writeSync } from 'node:fs'
import { Refusal } from '#app/refusal.js'
import { type Coverage, coverageOf, DOORS, grouped, totals } from '#services/coverage.js'
import { createIdentity, IDENTITY_VERSIONS } from '#vsphere/core/identity.js'
import type { Subcommand } from './main.js'
import { parse, quietCommand } from './server-options.js'

/** `fauxsphere coverage`: what each door does with every operation and method of a release; 0. */
export const coverage: Subcommand = async (args) => {
  const command = quietCommand('fauxsphere coverage')
    .description('Lists every operation and method with what each door does with it.')
    .option('--vsphere <version>', `release: ${IDENTITY_VERSIONS.join(', ')}`, '8.0.3')
    .option('--json', 'for programs: { release, automation, viJson }')
  if (!parse(command, args)) return 0
  const { vsphere, json } = command.opts<{ vsphere: string; json?: boolean }>()
  const version = IDENTITY_VERSIONS.find((each) => each === vsphere)
  if (!version)
    throw new Refusal(`--vsphere must be one of ${IDENTITY_VERSIONS.join(', ')}, not '${vsphere}'.`)
  const found = coverageOf(createIdentity(version, '').apiVersion)
  print(json ? `${JSON.stringify(found, null, 2)}\n` : text(found))
  return 0
}

/** Aligned, one operation or method a line: for eyes and for grep. */
function text(found: Coverage): string {
  const lines: string[] = []
  for (const [service, own] of grouped(found.automation, (each) => each.service)) {
    lines.push('', service)
    for (const { operation, doors } of own)
      lines.push(
        `  ${operation.padEnd(42)}${DOORS.map((door) => `${door} ${doors[door]}`.padEnd(24)).join('')}`,
      )
  }
  for (const [type, own] of grouped(found.viJson, (each) => each.type)) {
    lines.push('', type)
    for (const { method, implemented } of own)
      lines.push(`  ${method.padEnd(42)}vi-json ${implemented ? 'implemented' : 'unsupported'}`)
  }
  return [...totals(found), ...lines, ''].map((line) => line.trimEnd()).join('\n')
}

/** A pipe may take less than is there, or have gone (`| head`). */
function print(whole: string): void {
  let left = Buffer.from(whole)
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(1, left))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
