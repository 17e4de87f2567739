# One image for every process of Plaza: docker-compose.yml says which file each of them runs.
FROM node:24-bookworm-slim

ENV NODE_ENV=production APOLLO_TELEMETRY_DISABLED=true
WORKDIR /plaza
RUN chown node:node /plaza
USER node

COPY --chown=node:node package.json package-lock.json ./
COPY --chown=node:node platform/package.json platform/
COPY --chown=node:node gateway/package.json gateway/
COPY --chown=node:node subgraphs/identity/package.json subgraphs/identity/
COPY --chown=node:node subgraphs/spaces/package.json subgraphs/spaces/
COPY --chown=node:node subgraphs/tickets/package.json subgraphs/tickets/
COPY --chown=node:node subgraphs/payments/package.json subgraphs/payments/
COPY --chown=node:node subgraphs/partners/package.json subgraphs/partners/
COPY --chown=node:node tests/package.json tests/
COPY --chown=node:node bench/package.json bench/
RUN npm ci --omit=dev --no-audit --no-fund

COPY --chown=node:node . .
RUN node --import @swc-node/register/esm-register scripts/bundle-playground.ts

ENTRYPOINT ["node", "--import", "@swc-node/register/esm-register"]
