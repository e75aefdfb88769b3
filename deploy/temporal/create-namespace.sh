#!/bin/sh
# Makes the namespace and the search attributes that runs are found by, where they are missing.
set -eu

# Tries for two minutes; what went wrong stands in the log.
until_done() {
  tries=60
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || exit 1
    sleep 2
  done
}

list_attributes() {
  known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE")
}

until_done temporal operator cluster health

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

# A new namespace is known to every part of the server only after some seconds.
until_done list_attributes

for attribute in RunKind=Keyword Stage=Keyword StageState=Keyword CourseId=Keyword UserRef=Keyword \
  FailureType=Keyword Generation=Int; do
  name="${attribute%=*}"
  if ! echo "$known" | grep -qw "$name"; then
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "${attribute#*=}"
  fi
done
