/** The jobs of `project`, and what each carries from step to step: what is too much for one event or request. */
export type ProjectJobs = { 'purge-project': { project_id: string }; 'erase-user': { user_id: string } };
