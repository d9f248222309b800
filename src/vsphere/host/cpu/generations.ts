import type { Hardware } from '#world/machine.js'

/** A generation of processors: what its CPUID says of itself, and the features that it added to the one before. */
interface Generation {
  readonly key: string
  readonly family: number
  readonly model: number
  readonly stepping: number
  readonly added: string
}

/**
 * Families, models and steppings are Intel's and AMD's; features per EVC mode from VMware's EVC documentation (KB 1003212),
 * under the names that hosts give them.
 */
const INTEL: readonly Generation[] = [
  {
    key: 'intel-merom',
    family: 6,
    model: 15,
    stepping: 11,
    added: 'Intel CMPXCHG16B DS LAHF64 LM MWAIT NX SS SSE3 SSSE3 VMX IBPB IBRS MDCLEAR SSBD STIBP FCMD',
  },
  { key: 'intel-penryn', family: 6, model: 23, stepping: 10, added: 'SSE41' },
  { key: 'intel-nehalem', family: 6, model: 26, stepping: 5, added: 'POPCNT RDTSCP SSE42' },
  { key: 'intel-westmere', family: 6, model: 44, stepping: 2, added: 'AES PCID PCLMULQDQ PDPE1GB' },
  {
    key: 'intel-sandybridge',
    family: 6,
    model: 45,
    stepping: 7,
    added: 'AVX XCR0_MASTER_SSE XCR0_MASTER_YMM_H XSAVE XSAVEOPT',
  },
  { key: 'intel-ivybridge', family: 6, model: 62, stepping: 4, added: 'ENFSTRG F16C FSGSBASE RDRAND SMEP' },
  { key: 'intel-haswell', family: 6, model: 63, stepping: 2, added: 'ABM AVX2 BMI1 BMI2 FMA INVPCID MOVBE' },
  { key: 'intel-broadwell', family: 6, model: 79, stepping: 1, added: '3DNPREFETCH ADX RDSEED SMAP' },
  {
    key: 'intel-skylake',
    family: 6,
    model: 85,
    stepping: 4,
    added: `AVX512BW AVX512CD AVX512DQ AVX512F AVX512VL CLFLUSHOPT CLWB PKU XCR0_MASTER_HI16_ZMM XCR0_MASTER_OPMASK
      XCR0_MASTER_PKRU XCR0_MASTER_ZMM_H XGETBV_ECX1 XSAVEC XSAVES`,
  },
  { key: 'intel-cascadelake', family: 6, model: 85, stepping: 7, added: 'AVX512VNNI' },
  {
    key: 'intel-icelake',
    family: 6,
    model: 106,
    stepping: 6,
    added: `AVX512BITALG AVX512IFMA AVX512VBMI AVX512VBMI2 AVX512VPOPCNTDQ FAST_SHORT_REPMOV GFNI RDPID SHA UMIP VAES VPCLMULQDQ
      WBNOINVD`,
  },
  {
    key: 'intel-sapphirerapids',
    family: 6,
    model: 143,
    stepping: 8,
    added: `AMX_BF16 AMX_INT8 AMX_TILE AVX512BF16 AVX512FP16 AVX_VNNI CET_SS CLDEMOTE FAST_SHORT_CMPSB_SCASB FAST_SHORT_STOSB
      FAST_ZERO_MOVSB MOVDIR64B MOVDIRI PKS SERIALIZE XCR0_MASTER_XTILECFG XCR0_MASTER_XTILEDATA XFD`,
  },
]

const AMD: readonly Generation[] = [
  {
    key: 'amd-rev-e',
    family: 15,
    model: 33,
    stepping: 2,
    added: 'AMD CMPXCHG16B CR8AVAIL EXTAPICSPC FFXSR LAHF64 LM MMXEXT NX SSE3 SVM IBPB',
  },
  { key: 'amd-rev-f', family: 15, model: 65, stepping: 2, added: 'RDTSCP' },
  {
    key: 'amd-greyhound',
    family: 16,
    model: 9,
    stepping: 1,
    added: '3DNPREFETCH ABM MISALIGNED_SSE MWAIT PDPE1GB POPCNT SSE4A SVM_NPT SVM_NRIP',
  },
  { key: 'amd-greyhound-no3dnow', family: 16, model: 9, stepping: 1, added: '' },
  {
    key: 'amd-bulldozer',
    family: 21,
    model: 1,
    stepping: 2,
    added: `AES AVX PCLMULQDQ SSE41 SSE42 SSSE3 SVM_DECODE_ASSISTS SVM_FLUSH_BY_ASID SVM_VMCB_CLEAN XCR0_MASTER_SSE
      XCR0_MASTER_YMM_H XSAVE`,
  },
  { key: 'amd-piledriver', family: 21, model: 2, stepping: 0, added: 'BMI1 F16C FMA' },
  { key: 'amd-steamroller', family: 21, model: 48, stepping: 1, added: 'FSGSBASE RDRAND XSAVEOPT' },
  {
    key: 'amd-zen',
    family: 23,
    model: 1,
    stepping: 2,
    added: 'ADX AVX2 BMI2 CLFLUSHOPT CLZERO MOVBE RDSEED SHA SMAP SMEP SSBD XGETBV_ECX1 XSAVEC XSAVES',
  },
  { key: 'amd-zen2', family: 23, model: 49, stepping: 0, added: 'CLWB RDPID STIBP UMIP WBNOINVD' },
  {
    key: 'amd-zen3',
    family: 25,
    model: 1,
    stepping: 1,
    added:
      'ENFSTRG FAST_SHORT_REPMOV IBRS INVPCID PCID PKU PSFD SVM_GMET SVM_SSS VAES VPCLMULQDQ XCR0_MASTER_PKRU',
  },
  {
    key: 'amd-zen4',
    family: 25,
    model: 17,
    stepping: 1,
    added: `AVX512BF16 AVX512BITALG AVX512BW AVX512CD AVX512DQ AVX512F AVX512IFMA AVX512VBMI AVX512VBMI2 AVX512VL AVX512VNNI
      AVX512VPOPCNTDQ GFNI XCR0_MASTER_HI16_ZMM XCR0_MASTER_OPMASK XCR0_MASTER_ZMM_H ALWAYS_SERIALIZING_LFENCE AUTOMATIC_IBRS
      UPPER_ADDRESS_IGNORE`,
  },
]

/** What every generation says no to, or what only the other maker has. */
const OTHERS = `3DNOW 3DNOWPLUS AMD_FAST_SHORT_CMPSB AMD_FAST_SHORT_STOSB AVX512ER AVX512PF AVX512VP2INTERSECT Cyrix FMA4
  FP_SEGMENT_ZERO HLE LEAF88_IBRS_SAME_MODE LEAF88_PREFER_IBRS LEAF88_PSFD LEAF88_SSBD_SPEC_CTRL MPX PQE PQE_L3 PREFETCHWT1 PSN
  RTM TBM VIA XCR0_MASTER_BNDCSR XCR0_MASTER_BNDREGS XOP XSAVES_CET_S_SUP_BY_XSS XSAVES_CET_U_SUP_BY_XSS XSS_MASTER_CET_S
  XSS_MASTER_CET_U`

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')

/** Every feature bit that a host tells of, sorted as hosts sort them. */
export const ALL_FEATURES: readonly string[] = [
  ...new Set([...INTEL, ...AMD].flatMap(({ added }) => words(added)).concat(words(OTHERS))),
].sort()

export interface Processor {
  readonly family: number
  readonly model: number
  readonly stepping: number
  readonly features: ReadonlySet<string>
}

const known = new Map<string, Processor>()

type Cpu = Pick<Hardware, 'evcModeKey' | 'cpuVendor' | 'hv' | 'hwMmu'>

/** The processor of a machine by the newest EVC mode that it supports; a mode that is not known counts as a recent one. */
export function processorOf({ evcModeKey, cpuVendor, hv, hwMmu }: Cpu): Processor {
  const key = [evcModeKey, cpuVendor, hv, hwMmu].join(' ')
  let processor = known.get(key)
  if (!processor) {
    const line = cpuVendor === 'amd' ? AMD : INTEL
    const found = line.findIndex((generation) => generation.key === evcModeKey)
    const upTo = found >= 0 ? found : line.length - 2
    const features = new Set(line.slice(0, upTo + 1).flatMap(({ added }) => words(added)))
    // Hidden where the firmware or the VM below does not pass virtualization on.
    if (!hv) for (const each of [...features]) if (/^(VMX|SVM.*)$/.test(each)) features.delete(each)
    if (!hwMmu) features.delete('SVM_NPT')
    const { family, model, stepping } = line[upTo] ?? { family: 6, model: 106, stepping: 6 }
    processor = { family, model, stepping, features }
    known.set(key, processor)
  }
  return processor
}
