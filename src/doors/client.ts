import type { FastifyRequest } from 'fastify'

/** The request and response header that carries a session's token (rest-wire 1.2). */
export const SESSION_HEADER = 'vmware-api-session-id'

/** A header that stands there once; its name in lower case. */
export function textHeader(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Where a call comes from, as the dispatcher wants to know it. */
export function clientOf(request: FastifyRequest) {
  return {
    ip: request.ip,
    userAgent: textHeader(request, 'user-agent') ?? '',
    origin: originOf(request),
  }
}

/** How the client reaches this server, with the port as vCenter always writes it; undefined where it does not say so. */
export function originOf({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>): string | undefined {
  const [, name, port] = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i.exec(host ?? '') ?? []
  return name && `${protocol}://${name}:${port ?? (protocol === 'https' ? 443 : 80)}`
}
