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

# Without the times of a checkout, by which some builders tell whether files are the same.
FROM npm AS sources
COPY . .
RUN find . -exec touch -h -d @0 {} +

# What says which packages are needed, and nothing else: they are installed anew only when this changes.
FROM sources AS manifests
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete \
  && find . -exec touch -h -d @0 {} +

# All services at once, so that the next image finds its own compiled already.
FROM npm AS compiled
COPY --from=manifests /repo .
RUN --mount=type=cache,target=/npm --mount=type=secret,id=npmrc,target=/run/npmrc --mount=type=secret,id=ca,target=/run/ca.pem \
    npm ci
COPY --from=sources /repo .
RUN node_modules/.bin/tsc -b services/*/tsconfig.json && find services \( -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete \
  && rm -rf services/shared/platform/dist/src/testing

# The packages that every service needs. Types, maps and builds for browsers are of no use to Node.
FROM npm AS shared
COPY --from=manifests /repo .
RUN --mount=type=cache,target=/npm --mount=type=secret,id=npmrc,target=/run/npmrc --mount=type=secret,id=ca,target=/run/ca.pem \
    npm ci --omit=dev --workspace services/shared/platform \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete \
  && rm -rf node_modules/@azure/*/dist/browser node_modules/@azure/*/dist/react-native \
       node_modules/@typespec/*/dist/browser node_modules/@typespec/*/dist/react-native \
  && find node_modules/@commons -type l ! -name contracts ! -name platform -delete

# Those that one service needs besides, in a folder of its own.
FROM shared AS installed
ARG SERVICE
RUN --mount=type=cache,target=/npm --mount=type=secret,id=npmrc,target=/run/npmrc --mount=type=secret,id=ca,target=/run/ca.pem \
    --mount=type=bind,from=shared,source=/repo/node_modules,target=/shared \
    own="services/${SERVICE:?names a folder of services/}" \
  && npm install --no-save --omit=dev --workspace "$own" \
  && for package in node_modules/[!@.]* node_modules/@*/*; do \
       test -e "/shared/${package#*/}" || test -L "$package" \
         || { mkdir -p "$own/${package%/*}" && mv "$package" "$own/$package"; } || exit 1; \
     done \
  && find "$own" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

FROM ${BASE_IMAGE} AS service
ENV NODE_ENV=production APP_HOST=0.0.0.0 APP_PORT=4000
WORKDIR /app
# What is the same for all comes first: whoever has pulled the image of one service has it for the others.
COPY --from=shared /repo/node_modules node_modules
COPY --from=shared /repo/package.json .
COPY --from=shared /repo/services/shared/contracts/package.json services/shared/contracts/
COPY --from=shared /repo/services/shared/platform/package.json services/shared/platform/
COPY --from=compiled /repo/services/shared/contracts/dist services/shared/contracts/dist
COPY --from=compiled /repo/services/shared/platform/dist services/shared/platform/dist
ARG SERVICE
COPY --from=installed /repo/services/${SERVICE} services/${SERVICE}
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

# For the inner loop: runs the sources themselves, and again when one changes. They lie in /tmp, the one folder where a container may write.
FROM ${BUILD_IMAGE} AS dev
COPY --from=shared /repo/node_modules /node_modules
COPY --from=shared /repo/services/shared /sources/shared
COPY services/shared /sources/shared
ARG SERVICE
ENV APP_HOST=0.0.0.0 APP_PORT=4000 SERVICE=${SERVICE}
COPY --from=installed /repo/services/${SERVICE} /sources/${SERVICE}
COPY services/${SERVICE} /sources/${SERVICE}
RUN ln -s /tmp/services /services
WORKDIR /tmp
USER 10001:10001
EXPOSE 4000
CMD ["sh", "-c", "test -d services || cp -r /sources services; cd services/$SERVICE && exec node --conditions=source --disable-warning=ExperimentalWarning --watch --watch-preserve-output src/main.ts"]

# What is built where no target is named.
FROM service
