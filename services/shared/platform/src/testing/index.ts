export { startAzurite, type Azurite } from './azurite.ts';
export { buildService, type BuildOptions, type PublishedEvent, type ServiceUnderTest } from './build-service.ts';
export { PUBLIC_URL, type Client } from './client.ts';
export { fakeClock, type FakeClock } from './fake-clock.ts';
export { fakeCall, type FakeCall } from './fake-service.ts';
export { aUser, anAdmin, anId, type TestUser } from './fake-users.ts';
export { testDatabase, type TestDatabase } from './test-database.ts';
export { until } from './until.ts';
