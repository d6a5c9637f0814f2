#!/bin/sh
# Launches agent tasks from a pipeline and waits for them. Needs curl and jq, and nothing else.
#
#   launch-and-wait.sh TEMPLATE PARAMETERS COMPONENT...
#   launch-and-wait.sh bump-dependency '{"dependency":"axios","version":"1.12.2"}' component:default/payments-api
#
#   AGENT_TASKS_URL              required: where the backend of the portal is, such as https://portal.example.com
#   AGENT_TASKS_TOKEN            required: the token of a service that may launch and read
#   AGENT_TASKS_KEY              required: unique to this launch; however often it is sent, it launches once
#   AGENT_TASKS_UNTIL            settled (default), in_review or merged
#   AGENT_TASKS_TIMEOUT_SECONDS  default: 3600
#   AGENT_TASKS_POLL_SECONDS     the shortest time between two looks; default: 5
#
# The id of the campaign is written to stdout, all else to stderr.
# Ends with 0: there; 1: a task ended in another way; 2: refused or wrong use; 3: the time is over.
set -eu

fail() {
  code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

[ $# -ge 3 ] || fail 2 "Usage: $0 TEMPLATE PARAMETERS COMPONENT..."
[ -n "${AGENT_TASKS_URL:-}" ] || fail 2 'AGENT_TASKS_URL is not set.'
[ -n "${AGENT_TASKS_TOKEN:-}" ] || fail 2 'AGENT_TASKS_TOKEN is not set.'
[ -n "${AGENT_TASKS_KEY:-}" ] || fail 2 'AGENT_TASKS_KEY is not set.'

api="${AGENT_TASKS_URL%/}/api/agent-tasks"
until=${AGENT_TASKS_UNTIL:-settled}
timeout=${AGENT_TASKS_TIMEOUT_SECONDS:-3600}
shortest=${AGENT_TASKS_POLL_SECONDS:-5}

# Which states end the wait, and which end it in vain. A task with nothing to change has done what was asked.
case $until in
  settled) arrived='[]' missed='[]' ;;
  in_review) arrived='["in_review"]' missed='["failed","cancelled"]' ;;
  merged) arrived='[]' missed='["failed","cancelled","closed"]' ;;
  *) fail 2 "AGENT_TASKS_UNTIL is '$until'; it must be settled, in_review or merged." ;;
esac

answer=$(mktemp)
body=$(mktemp)
trap 'rm -f "$answer" "$body"' EXIT

# Calls the API and prints the status. The token comes by stdin, so that no list of processes shows it. A call that gets
# no answer is made again: the key sees to it that a launch happens once.
call() {
  printf 'header = "Authorization: Bearer %s"\n' "$AGENT_TASKS_TOKEN" |
    curl --silent --show-error --config - --output "$answer" --write-out '%{http_code}' \
      --max-time 60 --retry 5 --retry-connrefused --request "$1" "$api$2" \
      --header 'Content-Type: application/json' --header "Idempotency-Key: $AGENT_TASKS_KEY" \
      ${3:+--data "@$3"} || true
}

refused() {
  fail 2 "Agent Tasks answered with $1: $(jq -r '.error.message // "without a message"' "$answer" 2>/dev/null)"
}

template=$1
parameters=$2
shift 2
jq -n --arg template "$template" --argjson parameters "$parameters" \
  '{template: $template, parameters: $parameters, components: $ARGS.positional}' --args "$@" >"$body" ||
  fail 2 'PARAMETERS must be a JSON object.'

status=$(call POST /campaigns "$body")
case $status in
  200 | 201) ;;
  *) refused "$status" ;;
esac
campaign=$(jq -r '.id' "$answer")
printf '%s\n' "$campaign"
jq -r '"Launched \(.states | add // 0) tasks, \(.excluded | length) components are left out.",
       (.excluded[] | "  \(.component): \(.message) \(.remedy)")' "$answer" >&2

begun=$(date +%s)
told=''
while :; do
  status=$(call GET "/campaigns/$campaign")
  waited=$(($(date +%s) - begun))
  case $status in
    200)
      summary=$(jq -r --argjson arrived "$arrived" --argjson missed "$missed" '
        def count(names): [.states | to_entries[] | select(.key | IN(names[])) | .value] | add // 0;
        (["merged", "closed", "no_change", "failed", "cancelled", "joined"] + $arrived) as $ends
        | "\(.states | add // 0) \(count($ends)) \(count($missed)) \(.states | to_entries | map("\(.value) \(.key)") | join(", "))"
      ' "$answer")
      read -r tasks there lost states <<EOF
$summary
EOF
      [ "$states" = "$told" ] || printf 'After %s s: %s\n' "$waited" "$states" >&2
      told=$states
      [ "$lost" -eq 0 ] || fail 1 "The campaign $campaign will not get there: $states. Its other tasks go on."
      [ "$there" -lt "$tasks" ] || exit 0
      ;;
    # It does not answer for a while, or asks for patience.
    000 | 429 | 5??) printf 'Agent Tasks does not answer (%s); asking again.\n' "$status" >&2 ;;
    *) refused "$status" ;;
  esac
  [ "$waited" -lt "$timeout" ] || fail 3 "Waited for $timeout seconds; the campaign $campaign goes on: $told."
  # The rarer the longer it takes: a tenth of the time that was waited, a minute at most.
  pause=$((waited / 10))
  [ "$pause" -ge "$shortest" ] || pause=$shortest
  [ "$pause" -le 60 ] || pause=60
  sleep "$pause"
done
