import { fault } from '#vim25/fault.js'
import type { CryptoSpec, CryptoSpecEncrypt, VirtualMachineProfileSpec } from '#vim25/generated/types.js'
import { badArgument } from './faults.js'

/**
 * There is no key provider, so no key is ever there to encrypt with, and no VM is encrypted: EncryptionKeyRequired for what
 * needs a key, InvalidState for what needs an encrypted VM. CryptoSpecNoOp asks for nothing (deviation 47).
 */
export function refuseCrypto(spec: CryptoSpec): void {
  switch (spec._typeName) {
    case 'CryptoSpecNoOp':
      return
    case 'CryptoSpecEncrypt':
    case 'CryptoSpecRegister':
      throw fault('EncryptionKeyRequired', { requiredKey: [(spec as CryptoSpecEncrypt).cryptoKeyId] })
    case 'CryptoSpec':
      throw badArgument('crypto')
    default:
      throw fault('InvalidState', {})
  }
}

/** No storage policies are defined: what asks for the default, or for none, gets it; a policy by id is InvalidArgument. */
export function refuseProfiles(profiles: readonly VirtualMachineProfileSpec[], path: string): void {
  profiles.forEach(({ _typeName }, at) => {
    if (_typeName === 'VirtualMachineDefinedProfileSpec') throw badArgument(`${path}[${at}].profileId`)
    if (_typeName === 'VirtualMachineProfileSpec') throw badArgument(`${path}[${at}]`)
  })
}
