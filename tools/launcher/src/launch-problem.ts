/** Why the platform cannot start or go on: one sentence for whoever runs it, which says what to do. */
export class LaunchProblem extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'LaunchProblem';
  }
}
