import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate and its private key, both PEM (the key PKCS #8). */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

export interface IssueRequest {
  /** To sign with; a new one is made if there is none. */
  readonly authority: KeyPair | undefined
  readonly hosts: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface Issued {
  readonly authority: KeyPair
  readonly server: KeyPair
}

const DAY_MS = 24 * 3600 * 1000
const CA_DAYS = 3650
/** The longest that common clients accept of a server certificate. */
const SERVER_DAYS = 397

// P-256: a key takes 1 ms to make, an RSA key 200 ms.
const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const

const crypto = webcrypto

/** A server certificate, and its authority if there is none yet. */
export async function issue({ authority, hosts, now }: IssueRequest): Promise<Issued> {
  const signer = authority ?? (await issueAuthority(now))
  return { authority: signer, server: await issueServer(signer, hosts, now) }
}

/** A new certificate authority. Valid from a day before `now` (milliseconds since the epoch), for clients whose clock lags. */
async function issueAuthority(now: number): Promise<KeyPair> {
  const keys = await generateKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Fauxsphere CA, O=Fauxsphere',
      notBefore: dayBefore(now),
      notAfter: daysAfter(now, CA_DAYS),
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  )
  return pems(certificate, keys)
}

/** A server certificate for host names and addresses, signed by the authority. */
async function issueServer(authority: KeyPair, hosts: readonly string[], now: number): Promise<KeyPair> {
  const issuer = new X509Certificate(authority.certificate)
  const [der] = PemConverter.decode(authority.key)
  if (!der) throw new Error('The key of the certificate authority is empty.')
  const signingKey = await crypto.subtle.importKey('pkcs8', der, EC, false, ['sign'])
  const keys = await generateKeys()
  const certificate = await X509CertificateGenerator.create(
    {
      subject: `CN=${hosts[0] ?? 'localhost'}, O=Fauxsphere`,
      issuer: issuer.subject,
      notBefore: dayBefore(now),
      notAfter: daysAfter(now, SERVER_DAYS),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value }) as const),
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, crypto),
      ],
    },
    crypto,
  )
  return pems(certificate, keys)
}

/** What only looks like an address (300.1.1.1) is a name, and listening says that nobody has it. */
const isAddress = (host: string) => isIP(host) !== 0

const generateKeys = () =>
  crypto.subtle.generateKey(EC, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>

const dayBefore = (now: number) => new Date(now - DAY_MS)

const daysAfter = (now: number, days: number) => new Date(now + days * DAY_MS)

async function pems(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<KeyPair> {
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${PemConverter.encode(key, PemConverter.PrivateKeyTag)}\n`,
  }
}
