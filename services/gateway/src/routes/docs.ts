import express, { Router, type Response } from 'express';
import swaggerUi from 'swagger-ui-dist';

/** What the page needs and no more; the reader's inline styles come from its own script. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
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
  docExpansion: 'none',
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
});
`;

/** `GET /docs`: the whole API to read and to try. Everything that the page loads comes from here. */
export function docs(): Router {
  const router = Router();
  router.use((_request, response: Response, next) => {
    response.set('content-security-policy', CONTENT_SECURITY_POLICY);
    next();
  });
  router.get('/', (_request, response) => void response.set('cache-control', 'no-cache').type('html').send(PAGE));
  router.get(
    '/start.js',
    (_request, response) => void response.set('cache-control', 'no-cache').type('js').send(START),
  );
  router.use(express.static(swaggerUi.getAbsoluteFSPath(), { index: false, maxAge: '1h', redirect: false }));
  return router;
}
