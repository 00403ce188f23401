#!/bin/sh
# What a container starts: migrations first, then the server in this very process, so that signals reach it.
set -e
node ops/main.ts migrate
if [ "$DEMO" = 1 ]; then node ops/main.ts seed-demo; fi
# As scripts/prepare.mjs has them (decision 041); what the container was given otherwise wins.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}" NODE_OPTIONS="--max-semi-space-size=16 ${NODE_OPTIONS:-}"
exec node server.ts
