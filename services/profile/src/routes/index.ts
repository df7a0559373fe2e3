import { createProfileRoute } from './create-profile.ts';
import { getProfileRoute } from './get-profile.ts';

export const routes = [createProfileRoute, getProfileRoute];
