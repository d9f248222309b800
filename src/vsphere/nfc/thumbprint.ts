/** Under this name a server with TLS tells the SHA-1 of its certificate (Services.volatile): leases show it. */
export const THUMBPRINT = 'server.thumbprint'
