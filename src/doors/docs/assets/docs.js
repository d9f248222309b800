/**
 * Keeps the session that a call on this page has opened, and sends it with the calls that follow, on every document:
 * logging in once is enough. A session entered with "Authorize" goes first.
 */
window.fauxsphereDocs = (() => {
  const HEADER = 'vmware-api-session-id'
  const KEY = 'fauxsphere.session'

  /** The token that an answer brings: as a header, or as the body of the Automation API's login. */
  const opened = (response) => {
    const header = response.headers?.[HEADER]
    if (header) return header
    return response.status === 201 && /\/api\/session$/.test(response.url)
      ? JSON.parse(response.text)
      : undefined
  }

  return {
    request(request) {
      if (/\/(Login|api\/session)$/.test(request.url) && request.method === 'POST') return request
      const token = sessionStorage.getItem(KEY)
      if (token && !request.headers?.[HEADER]) request.headers = { ...request.headers, [HEADER]: token }
      return request
    },
    response(response) {
      const token = opened(response)
      if (token) sessionStorage.setItem(KEY, token)
      return response
    },
  }
})()
