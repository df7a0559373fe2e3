// Makes the replica set and its one user where they are not there yet. mongod lets that happen from its own host only.
const { MEMBERS, PASSWORD } = process.env;
const admin = connect('mongodb://127.0.0.1:27017/admin?directConnection=true');

function isMade() {
  try {
    return admin.auth('commons', PASSWORD).ok === 1;
  } catch {
    return false;
  }
}

if (!isMade()) {
  const members = MEMBERS.split(',').map((host, _id) => ({ _id, host }));
  try {
    admin.adminCommand({ replSetInitiate: { _id: 'rs0', members } });
  } catch (error) {
    if (error.codeName !== 'AlreadyInitialized') throw error;
  }
  while (!admin.hello().isWritablePrimary) sleep(500);
  admin.createUser({ user: 'commons', pwd: PASSWORD, roles: ['root'] });
}
