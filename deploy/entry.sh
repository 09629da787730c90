#!/bin/sh
# What a container or a unit runs: `server`, `actions`, or `prepare` (brings the database up to date, then ends).
set -eu
umask 077
case "${1:-server}" in
  server)
    # shellcheck disable=SC2086  (several sites are several words)
    exec python -m bot.rasa_host.server --model models/stridewell.tar.gz --endpoints endpoints.yml --credentials credentials.yml \
      --port "${PORT:-8080}" -i "${INTERFACE:-127.0.0.1}" ${ALLOWED_ORIGINS:+--cors $ALLOWED_ORIGINS}
    ;;
  actions) exec python -m bot.rasa_host.action_server --actions actions --port "${ACTIONS_PORT:-5055}" ;;
  prepare) exec python -m bot.knowledge load ;;
  report) shift && exec python -m bot.knowledge report "$@" ;;
  *) echo "server, actions, prepare or report?" >&2 && exit 2 ;;
esac
