# Starts a member of the replica set; the first one makes the set and its user, once, while mongod runs.
# mongod takes a key only from a file that nobody else may read, which a mounted Secret is not.
install -m 400 /config/replica-set-key /tmp/replica-set-key
if [ "${HOSTNAME##*-}" = 0 ]; then
  (until mongosh --quiet --norc --nodb /config/initiate.js; do sleep 2; done) &
fi
until mongosh --quiet --norc --nodb /config/find-itself.js; do sleep 1; done
# Services give a transaction up after five seconds: one that nobody will end must not hold its documents for a minute.
exec mongod --replSet rs0 --bind_ip_all --dbpath /data/db --keyFile /tmp/replica-set-key \
  --setParameter transactionLifetimeLimitSeconds=10
