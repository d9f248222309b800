import { data } from '#vim25/data.js'
import type { HostCpuIdInfo } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'
import { memo } from '../../vm/share.js'
import { processorOf } from './generations.js'

/** Bits of the feature registers (Intel SDM volume 2, CPUID; AMD APM volume 3): feature -> bit, what is always there. */
const LEAF_1_ECX = {
  always: 0x0120_0000,
  bits: {
    SSE3: 0,
    PCLMULQDQ: 1,
    MWAIT: 3,
    VMX: 5,
    SSSE3: 9,
    FMA: 12,
    CMPXCHG16B: 13,
    PCID: 17,
    SSE41: 19,
    SSE42: 20,
    MOVBE: 22,
    POPCNT: 23,
    AES: 25,
    XSAVE: 26,
    AVX: 28,
    F16C: 29,
    RDRAND: 30,
  },
}
const LEAF_1_EDX = { always: 0x078b_fbff, bits: { DS: 21, SS: 27 } }
const EXTENDED_ECX = {
  always: 0,
  bits: {
    LAHF64: 0,
    SVM: 2,
    EXTAPICSPC: 3,
    CR8AVAIL: 4,
    ABM: 5,
    SSE4A: 6,
    MISALIGNED_SSE: 7,
    '3DNPREFETCH': 8,
    XOP: 11,
    FMA4: 16,
    TBM: 21,
  },
}
const EXTENDED_EDX = {
  always: 0x0800,
  bits: { NX: 20, MMXEXT: 22, FFXSR: 25, PDPE1GB: 26, RDTSCP: 27, LM: 29, '3DNOWPLUS': 30, '3DNOW': 31 },
}

interface Register {
  readonly always: number
  readonly bits: Readonly<Record<string, number>>
}

function register({ always, bits }: Register, features: ReadonlySet<string>): number {
  return Object.entries(bits).reduce(
    (value, [name, bit]) => (features.has(name) ? value | (1 << bit) : value),
    always,
  )
}

/** 32 bits in groups of four: `0000:0000:0000:0010:0000:0110:1101:0111`. */
function bits(value: number): string {
  const text = (value >>> 0).toString(2).padStart(32, '0')
  return (text.match(/..../g) ?? []).join(':')
}

const letters = (text: string) => Buffer.from(text).readUInt32LE()

const level = (number: number, eax: number, ebx = 0, ecx = 0, edx = 0) =>
  data('HostCpuIdInfo', {
    level: number | 0,
    vendor: '',
    eax: bits(eax),
    ebx: bits(ebx),
    ecx: bits(ecx),
    edx: bits(edx),
  })

const known = memo<readonly HostCpuIdInfo[]>()

/** What CPUID answers on a processor's first thread, the levels that hosts show: 0, 1 and the extended ones. */
export function cpuFeatures(hardware: Hardware, at: number): readonly HostCpuIdInfo[] {
  const { evcModeKey, cpuVendor, hv, hwMmu, threads, packages } = hardware
  const each = Math.max(1, Math.floor(threads / packages))
  return known([evcModeKey, cpuVendor, hv, hwMmu, each, at].join(' '), () => {
    const { features, ...processor } = processorOf(hardware)
    const vendor = cpuVendor === 'amd' ? 'AuthenticAMD' : 'GenuineIntel'
    const [b, d, c] = [0, 4, 8].map((start) => letters(vendor.slice(start, start + 4)))
    const apicId = at * 2 ** Math.ceil(Math.log2(each))
    return Object.freeze([
      level(0, cpuVendor === 'amd' ? 0x10 : 0x1b, b, c, d),
      level(
        1,
        signature(processor),
        ((apicId & 0xff) << 24) | (Math.min(255, each) << 16) | 0x0800,
        register(LEAF_1_ECX, features),
        register(LEAF_1_EDX, features),
      ),
      level(0x8000_0000, 0x8000_0008),
      level(0x8000_0001, 0, 0, register(EXTENDED_ECX, features), register(EXTENDED_EDX, features)),
      level(0x8000_0008, 0x302e),
    ])
  })
}

/** Family, model and stepping as level 1 packs them. */
function signature({ family, model, stepping }: { family: number; model: number; stepping: number }): number {
  const base = Math.min(15, family)
  return ((family - base) << 20) | ((model >> 4) << 16) | (base << 8) | ((model & 15) << 4) | (stepping & 15)
}
