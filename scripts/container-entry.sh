#!/bin/sh
# What a container starts: migrations first, then the server in this very process, so that signals reach it.
set -e
node ops/main.ts migrate
if [ "$DEMO" = 1 ]; then node ops/main.ts seed-demo; fi
exec node server.ts
