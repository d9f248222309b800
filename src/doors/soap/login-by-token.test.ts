import { expect, it } from 'vitest'
import { sessions } from '#vsphere/core/context.js'
import { sessionWorld } from '#vsphere/session/testing.js'
import { createSoapClient, envelope } from './testing.js'

const SECEXT = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'

const call = (header: string) =>
  envelope('LoginByToken', 'SessionManager:SessionManager', '<locale>en_US</locale>').replace(
    '<soapenv:Body>',
    `<soapenv:Header>${header}</soapenv:Header><soapenv:Body>`,
  )

const assertion = (nameId: string) =>
  `<wsse:Security xmlns:wsse="${SECEXT}"><saml2:Assertion xmlns:saml2="${SAML}" Version="2.0"><saml2:Subject>${nameId}</saml2:Subject></saml2:Assertion></wsse:Security>`

it('opens a session of the user whom the SAML token in the header is about', async () => {
  const { sandbox } = sessionWorld()
  const soap = createSoapClient(sandbox)
  const { read } = sandbox.inventory
  const good = await soap.post(call(assertion('<saml2:NameID> bob@LAB.LOCAL </saml2:NameID>')))
  expect([good.status, good.headers['set-cookie']]).toEqual([
    200,
    expect.stringContaining('vmware_soap_session='),
  ])
  expect(good.inside).toContain('<userName>LAB.LOCAL\\bob</userName>')
  const open = read.count(sessions)
  for (const header of [
    '',
    assertion(''),
    assertion('<NameID>bob@LAB.LOCAL</NameID>'),
    '<Assertion>bob</Assertion>',
  ])
    expect(await soap.post(call(header))).toMatchObject({ status: 500, fault: 'InvalidLogin' })
  expect(read.count(sessions)).toBe(open)
  await soap.app.close()
})
