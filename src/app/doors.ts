import { about } from '#doors/about/about.js'
import { apiExplorer } from '#doors/api-explorer/api-explorer.js'
import { automationDoor } from '#doors/automation/automation.js'
import { datastoreFilesDoor } from '#doors/datastore-files/datastore-files.js'
import { docsDoor } from '#doors/docs/docs.js'
import type { Door, DoorInfo } from '#doors/door.js'
import { jsonRpcDoor } from '#doors/json-rpc/json-rpc.js'
import { legacyRestDoor } from '#doors/legacy-rest/legacy-rest.js'
import { libraryDataDoor } from '#doors/library-data/library-data.js'
import { nfcDoor } from '#doors/nfc/nfc.js'
import { soapDoor } from '#doors/soap/soap.js'
import { viJsonDoor } from '#doors/vi-json/vi-json.js'
import type { ProductKind } from '#vsphere/core/identity.js'

export interface DoorEntry extends DoorInfo {
  readonly door: Door
  /** An ESXi on its own has no such door (deviation 94). */
  readonly vcenterOnly?: true
}

/** Every door of the house; a new one is one line. */
export const doors: readonly DoorEntry[] = [
  {
    name: 'about',
    paths: ['/about', '/healthz', '/readyz', '/certs/ca.pem'],
    description: 'The product itself: what it is and does, whether it is well, its certificate authority.',
    door: about,
  },
  {
    name: 'automation',
    paths: ['/api/*'],
    description:
      'The Automation API as REST: sessions, virtual machines, hosts, tags, libraries, the appliance.',
    door: automationDoor,
    vcenterOnly: true,
  },
  {
    name: 'legacy-rest',
    paths: ['/rest/*'],
    description: 'The Automation API in its older form, for clients from before vSphere 7.0 U2.',
    door: legacyRestDoor,
    vcenterOnly: true,
  },
  {
    name: 'json-rpc',
    paths: ['/api'],
    description: 'The Automation API as vAPI JSON-RPC, the way of the official SDKs.',
    door: jsonRpcDoor,
    vcenterOnly: true,
  },
  {
    name: 'library-data',
    paths: ['/cls/data/{transfer}/{file}', '/cls/vcsp/lib/{library}/*'],
    description: 'Content libraries: bytes of their files, sent and fetched, and what they publish.',
    door: libraryDataDoor,
    vcenterOnly: true,
  },
  {
    name: 'nfc',
    paths: ['/nfc/{token}/{file}'],
    description: 'Bytes of disks and images of virtual machines that are imported and exported.',
    door: nfcDoor,
  },
  {
    name: 'datastore-files',
    paths: ['/folder/{path}?dcPath={datacenter}&dsName={datastore}'],
    description: 'Files on datastores: read, written and deleted over HTTP, and lists of what there is.',
    door: datastoreFilesDoor,
  },
  {
    name: 'vi-json',
    paths: ['/sdk/vim25/{release}/{Type}/{moId}/{member}'],
    description: 'The vSphere Web Services API as JSON: GET a property, POST a method.',
    door: viJsonDoor,
  },
  {
    name: 'soap',
    paths: ['/sdk', '/sdk/vim25', '/sdk/vimService', '/sdk/vimServiceVersions.xml', '/sdk/{file}.wsdl'],
    description: 'The vSphere Web Services API as SOAP, the way of govc, pyVmomi and most others.',
    door: soapDoor,
  },
  {
    name: 'api-explorer',
    paths: ['/apiexplorer/json/{file}'],
    description: 'The Automation API described by itself, as Swagger 2.0; api.json lists the files.',
    door: apiExplorer,
    vcenterOnly: true,
  },
  {
    name: 'docs',
    paths: ['/docs', '/docs/openapi.json'],
    description: 'Documentation of the doors as OpenAPI, with a page to read and try it.',
    door: docsDoor,
  },
]

/** The doors of a product. */
export const doorsOf = (kind: ProductKind): readonly DoorEntry[] =>
  doors.filter(({ vcenterOnly }) => !vcenterOnly || kind === 'vcenter')
