import { escapeXml } from '#xml/escape.js'
import { type Cell, type Command, isNative, type Native, nameOf, type Row } from './command.js'
import { commandsIn } from './commands.js'

const SCHEMAS =
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:vim25" versionId="5.0"'

const object = (type: string, content: string) => `<obj ${SCHEMAS} xsi:type="${type}">${content}</obj>`

function element(name: string, value: Cell): string {
  if (typeof value === 'object') return value.map((item) => element(name, item)).join('')
  return `<${name}>${escapeXml(`${value}`)}</${name}>`
}

const elements = (row: Row) =>
  Object.entries(row)
    .map(([name, value]) => element(name, value))
    .join('')

/** `network.vm.list` is `VimEsxCLInetworkvmlist`, which begins the names of its types. */
export const wsdlName = (path: string): string => `VimEsxCLI${path.replaceAll('.', '')}`

/** What a command answered, as the text that SoapResult.response carries. */
export function answerText({ path, type }: Command, answer: readonly Row[] | Row | Native): string {
  if (isNative(answer)) return object(`xsd:${answer.type}`, escapeXml(`${answer.value}`))
  const typeName = `${wsdlName(path)}${type}`
  if (!isRows(answer)) return object(typeName, elements(answer))
  const rows = answer.map((row) => `<DataObject xsi:type="${typeName}">${elements(row)}</DataObject>`)
  return object('ArrayOfDataObject', rows.join(''))
}

const isRows = (answer: readonly Row[] | Row): answer is readonly Row[] => Array.isArray(answer)

/** SoapFault.faultDetail for words of esxcli. */
export function faultText(message: string): string {
  return object(
    'LocalizedMethodFault',
    `<fault xsi:type="VimEsxCLICLIFault">${element('errMsg', message)}</fault>${element('localizedMessage', FAULT_SUMMARY)}`,
  )
}

/** What stands in a SoapFault for every command that failed. */
export const FAULT_SUMMARY = 'EsxCLI.CLIFault.summary'

const described = (name: string, help: string) =>
  element('name', name) + element('displayName', nameOf(name)) + element('help', help)

/** What `FetchCLIInfo` tells of a namespace: its commands, their parameters, and how esxcli prints answers. */
export function namespaceText(namespace: string): string {
  const methods = commandsIn(namespace).map((command) => {
    const parameters = (command.parameters ?? []).map(
      ({ name, aliases, help }) =>
        `<param>${described(name, help)}${element('aliases', aliases.split(' '))}${element('flag', false)}</param>`,
    )
    const hints = hintsOf(command).map(
      ([key, value]) => `<hints>${element('key', key)}${element('value', value)}</hints>`,
    )
    return `<method>${described(nameOf(command.path), command.help)}${parameters.join('')}${hints.join('')}</method>`
  })
  return object('VimCLIInfo', described(namespace, '') + methods.join(''))
}

function hintsOf({ type, fields, formatter = 'table' }: Command): readonly (readonly [string, string])[] {
  return [...(fields === '' ? [] : [[`fields:${type}`, fields] as const]), ['formatter', formatter]]
}

/** `vim.EsxCLI.network.vm` */
export const vmodlName = (path: string): string => `vim.EsxCLI.${path}`

/** Id of the object that answers the commands of a namespace. */
export const handlerId = (namespace: string): string => `ha-cli-handler-${namespace.replaceAll('.', '-')}`
