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

  /** Swagger UI, once it is there: its initializer keeps it to itself. */
  let ui
  const Bundle = window.SwaggerUIBundle
  window.SwaggerUIBundle = Object.assign((config) => {
    ui = Bundle(config)
    return ui
  }, Bundle)

  /**
   * A path that ends in `?action=...` is no template to Swagger UI, which then leaves its variables as they are: fills them
   * in from what stands in the form.
   */
  const filled = ({ url, method }) => {
    const text = url.replaceAll('%7B', '{').replaceAll('%7D', '}')
    if (!method || !/\{\w+\}/.test(text)) return url
    const keys = [...ui.specSelectors.paths().keys()].filter((key) => text.includes(key))
    const key = keys.sort((a, b) => b.length - a.length)[0]
    const values = ui.specSelectors.parameterValues([key, method.toLowerCase()])
    return text.replace(/\{(\w+)\}/g, (hole, name) => {
      const value = values.get(`path.${name}`)
      return value === undefined ? hole : encodeURIComponent(value)
    })
  }

  return {
    request(request) {
      request.url = filled(request)
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
