import { data } from '#vim25/data.js'
import type { AboutInfo } from '#vim25/generated/types.js'
import type { Identity } from '../core/identity.js'

/** AboutInfo of a vCenter Server (soap-wire 4.7) or an ESXi (soap-wire 4.8). */
export function aboutInfo(identity: Identity): AboutInfo {
  return identity.kind === 'esxi' ? aboutHost(identity) : aboutVcenter(identity)
}

function aboutHost({ productVersion, build, apiVersion }: Identity): AboutInfo {
  return data('AboutInfo', {
    name: 'VMware ESXi',
    fullName: `VMware ESXi ${productVersion} build-${build}`,
    vendor: 'VMware, Inc.',
    version: productVersion,
    patchLevel: '0',
    build,
    localeVersion: 'INTL',
    localeBuild: '000',
    osType: 'vmnix-x86',
    productLineId: 'embeddedEsx',
    apiType: 'HostAgent',
    apiVersion,
    licenseProductName: 'VMware ESX Server',
    licenseProductVersion: `${productVersion.split('.')[0]}.0`,
  })
}

function aboutVcenter(identity: Identity): AboutInfo {
  const { productVersion, build, apiVersion, instanceUuid } = identity
  return data('AboutInfo', {
    name: 'VMware vCenter Server',
    fullName: `VMware vCenter Server ${productVersion} build-${build}`,
    vendor: 'VMware, Inc.',
    version: productVersion,
    patchLevel: '00000',
    build,
    localeVersion: 'INTL',
    localeBuild: '000',
    osType: 'linux-x64',
    productLineId: 'vpx',
    apiType: 'VirtualCenter',
    apiVersion,
    instanceUuid,
    licenseProductName: 'VMware VirtualCenter Server',
    licenseProductVersion: productVersion.split('.').slice(0, 2).join('.'),
  })
}
