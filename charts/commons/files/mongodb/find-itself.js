// Whether a member's name leads to it yet. A mongod that does not find itself among the members when it starts leaves the set, for good.
const { lookup } = require('node:dns/promises');
const { MEMBERS, HOSTNAME, POD_IP } = process.env;
const [name] = MEMBERS.split(',')
  .map((member) => member.split(':')[0])
  .filter((host) => host.startsWith(`${HOSTNAME}.`));

let found;
lookup(name).then(
  ({ address }) => (found = address),
  ({ code }) => (found = code),
);
while (!found) sleep(50);
if (found !== POD_IP) throw new Error(`${name} leads to ${found}, and not to ${POD_IP}`);
