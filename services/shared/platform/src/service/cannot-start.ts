/** What a service cannot start without is not there: in words for whoever runs it. */
export class CannotStart extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'CannotStart';
  }
}
