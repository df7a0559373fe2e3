import { createProjectRoute } from './create-project.ts';
import { getProjectRoute } from './get-project.ts';

export const routes = [createProjectRoute, getProjectRoute];
