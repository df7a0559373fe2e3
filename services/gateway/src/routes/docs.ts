import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router, type Response } from 'express';

/** The reader's files; importing the package would load all of it. */
const READER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css'));

/** What the page needs and no more; the reader's inline styles come from its own script. */
const policyOf = (api: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${api}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Commons API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
});
`;

/**
 * `GET /docs`: the whole API to read and to try. Everything that the page loads comes from here.
 * @param publicUrl of the API, where that is configured: the page tries routes there.
 */
export function docs(publicUrl: string | undefined): Router {
  const policy = policyOf(publicUrl === undefined ? "'self'" : `'self' ${new URL(publicUrl).origin}`);
  const router = Router();
  router.use((_request, response: Response, next) => {
    response.set('content-security-policy', policy);
    next();
  });
  router.get('/', (_request, response) => void response.set('cache-control', 'no-cache').type('html').send(PAGE));
  router.get(
    '/start.js',
    (_request, response) => void response.set('cache-control', 'no-cache').type('js').send(START),
  );
  router.use(express.static(READER, { index: false, maxAge: '1h', redirect: false }));
  return router;
}
