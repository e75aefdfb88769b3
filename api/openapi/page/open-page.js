// Runs in the browser, beside the bundle that brings SwaggerUIBundle.
window.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // Nothing is sent to a validator of somebody else.
  validatorUrl: null,
})
