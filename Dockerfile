# The image of any service:  docker build --build-arg SERVICE=post --tag commons/post .
#
#   BASE_IMAGE   what a service runs on; Node 24 is all it needs of it
#   BUILD_IMAGE  what services are built with: Node 24 with npm, a shell and find
#   --secret id=npmrc,src=…   npm's configuration where packages come from a registry of your own; --secret id=ca,src=… for the
#                             authority that it names as `cafile=/run/ca.pem`
#
# A service listens on port 4000 and needs nothing that it may write to.
ARG BASE_IMAGE=node:24-slim
ARG BUILD_IMAGE=node:24-slim

FROM ${BUILD_IMAGE} AS npm
ENV NPM_CONFIG_USERCONFIG=/run/npmrc NPM_CONFIG_CACHE=/npm NPM_CONFIG_IGNORE_SCRIPTS=true \
    NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_LOGLEVEL=error
WORKDIR /repo

# What says which packages are needed, and nothing else: they are installed anew only when this changes.
FROM npm AS manifests
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete

# All services at once, so that the next image finds its own compiled already.
FROM npm AS compiled
COPY --from=manifests /repo .
RUN --mount=type=cache,target=/npm --mount=type=secret,id=npmrc,target=/run/npmrc --mount=type=secret,id=ca,target=/run/ca.pem \
    npm ci
COPY . .
RUN node_modules/.bin/tsc -b services/*/tsconfig.json && find services \( -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete

FROM npm AS installed
ARG SERVICE
COPY --from=manifests /repo .
RUN --mount=type=cache,target=/npm --mount=type=secret,id=npmrc,target=/run/npmrc --mount=type=secret,id=ca,target=/run/ca.pem \
    npm ci --omit=dev --workspace "services/${SERVICE:?names a folder of services/}"
# Types, maps and builds for browsers are of no use to Node.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete \
  && rm -rf node_modules/@azure/*/dist/browser node_modules/@azure/*/dist/react-native \
       node_modules/@typespec/*/dist/browser node_modules/@typespec/*/dist/react-native node_modules/.package-lock.json \
  && mkdir /app \
  && for package in "services/$SERVICE" services/shared/contracts services/shared/platform; do \
       mkdir -p "/app/$package" && cp -a "$package/." "/app/$package" || exit 1; \
     done \
  && mv node_modules package.json /app && find /app/node_modules -xtype l -delete

# For the inner loop: runs the sources themselves, and again when one changes. They lie in /tmp, the one folder where a container may write.
FROM ${BUILD_IMAGE} AS dev
ARG SERVICE
ENV APP_HOST=0.0.0.0 APP_PORT=4000 SERVICE=${SERVICE}
COPY --from=installed /app/node_modules /node_modules
COPY --from=installed /app/services /sources
COPY services/shared /sources/shared
COPY services/${SERVICE} /sources/${SERVICE}
RUN ln -s /tmp/services /services
WORKDIR /tmp
USER 10001:10001
EXPOSE 4000
CMD ["sh", "-c", "test -d services || cp -r /sources services; cd services/$SERVICE && exec node --conditions=source --disable-warning=ExperimentalWarning --watch --watch-preserve-output src/main.ts"]

FROM ${BASE_IMAGE}
ARG SERVICE
ENV NODE_ENV=production APP_HOST=0.0.0.0 APP_PORT=4000
WORKDIR /app
COPY --from=installed /app .
COPY --from=compiled /repo/services/shared/contracts/dist services/shared/contracts/dist
COPY --from=compiled /repo/services/shared/platform/dist services/shared/platform/dist
COPY --from=compiled /repo/services/${SERVICE}/dist services/${SERVICE}/dist
WORKDIR /app/services/${SERVICE}
USER 10001:10001
EXPOSE 4000
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=
LABEL org.opencontainers.image.title="commons/${SERVICE}" \
      org.opencontainers.image.description="The service ${SERVICE} of Commons" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
