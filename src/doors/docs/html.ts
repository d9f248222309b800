const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')

/** A page of our own beside Swagger UI; `body` is HTML. */
export const htmlPage = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" type="image/svg+xml" href="/docs/static/theme/logo.svg">
<link rel="stylesheet" href="/docs/static/theme/docs.css">
</head>
<body class="type-page">
<p><a href="/docs">Documentation</a></p>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`
