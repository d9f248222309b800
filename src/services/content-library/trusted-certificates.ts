import { X509Certificate } from 'node:crypto'
import { recordKind } from '#inventory/entity.js'
import { VapiError } from '#vapi/error.js'
import { contentService } from './content-service.js'
import { notFound, told } from './errors.js'

interface TrustedCertificate {
  readonly id: string
  readonly text: string
}

const certificates = recordKind<TrustedCertificate>('libraryCertificate')
const keyOf = (id: string) => `libraryCertificate:${id}`

/** Certificates of those who sign OVF packages; kept, no package is held against them (deviation 71). */
export const trustedCertificates = contentService('com.vmware.content.trusted_certificates', {
  create(call, { spec: { cert_text: text } }) {
    if (!isCertificate(text)) throw new VapiError('ERROR', [told('certificate_invalid')])
    return call.transact((ctx) => {
      const id = ctx.services.random.uuid('', 'libraryCertificate', ctx.tx.next('libraryCertificate'))
      ctx.tx.create(certificates, keyOf(id), { id, text })
      return id
    })
  },

  get({ read }, { certificate }) {
    const found = read.find(certificates, keyOf(certificate))
    if (!found) throw notFound('certificate_not_found', certificate)
    return { cert_text: found.text }
  },

  list: ({ read }) => ({
    certificates: [...read.ids(certificates)]
      .map((key) => read.get(certificates, key))
      .map(({ id, text }) => ({ certificate: id, cert_text: text })),
  }),

  delete(call, { certificate }) {
    if (!call.read.find(certificates, keyOf(certificate)))
      throw notFound('certificate_not_found', certificate)
    call.transact(({ tx }) => tx.remove(keyOf(certificate)))
  },
})

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined
  } catch {
    return false
  }
}
