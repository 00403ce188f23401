# syntax=docker/dockerfile:1
# docker build -t kuaiji-platform --build-arg BUILD_COMMIT=$(git rev-parse --short HEAD) --secret id=action_key,env=ACTION_KEY .
# The client programs that copies of a PostgreSQL database take come from Debian: bookworm has 15, trixie 17.
ARG DEBIAN=bookworm

FROM node:24-${DEBIAN}-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The key behind the ids of forms: give the same at every build, and pages that were opened before an update still work after it.
# Without one, each build makes its own.
RUN --mount=type=secret,id=action_key,env=ACTION_KEY node scripts/container.mjs --into /app

FROM node:24-${DEBIAN}-slim
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
ARG BUILD_COMMIT=unknown
ENV NODE_ENV=production TZ=Asia/Shanghai HOST=0.0.0.0 PORT=3000 DATA_DIR=/data/app BUILD_COMMIT=$BUILD_COMMIT
WORKDIR /app
# Owned by root: what runs may write /data and /tmp, and nothing of the program.
COPY --from=build /app /app
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/app/scripts/container-entry.sh"]
