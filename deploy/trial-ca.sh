#!/usr/bin/env bash
# A certificate authority and passwords for a trial, as the charts take them:
#
#   deploy/trial-ca.sh FOLDER "HOST..." SITE...
#
# HOST: names and addresses under which brokers are reached, such as
# "framegate-kafka.framegate.svc.cluster.local 203.0.113.7". What is in FOLDER already stays, so that it can be run again
# for one more site. It prints the commands that bring it all into the clusters. For more than a trial use cert-manager
# and the users of your broker.
set -euo pipefail
umask 077

if [ $# -lt 3 ]; then
  sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
  exit 2
fi
folder=$1 hosts=$2
shift 2
mkdir -p "$folder"/{tls,users,sites}

if [ ! -s "$folder/ca.key" ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -days 365 -subj '/CN=Framegate trial' -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null
fi
names=
for host in $hosts; do
  if [[ $host =~ ^[0-9.]+$|: ]]; then names+=,IP:$host; else names+=,DNS:$host; fi
done
openssl req -new -newkey rsa:3072 -nodes -subj "/CN=${hosts%% *}" -keyout "$folder/tls/tls.key" -out "$folder/tls.csr" 2>/dev/null
openssl x509 -req -in "$folder/tls.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial -days 365 \
  -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "${names#,}") -out "$folder/tls/tls.crt" 2>/dev/null
cp "$folder/ca.crt" "$folder/tls/ca.crt"

for user in framegate-cloud "$@"; do
  [ -s "$folder/users/$user" ] || openssl rand -hex 24 | tr -d '\n' >"$folder/users/$user"
done
for site in "$@"; do
  mkdir -p "$folder/sites/$site"
  cp "$folder/ca.crt" "$folder/sites/$site/ca.crt"
  cp "$folder/users/$site" "$folder/sites/$site/password"
done

cat <<COMMANDS
# in the cloud's cluster:
kubectl -n framegate create secret generic framegate-kafka-tls --from-file=$folder/tls
kubectl -n framegate create secret generic framegate-kafka-users --from-file=$folder/users
COMMANDS
for site in "$@"; do
  printf '# in the cluster of %s:\nkubectl -n framegate create secret generic framegate-kafka --from-file=%s\n' "$site" "$folder/sites/$site"
done
