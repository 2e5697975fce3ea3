/** Nothing is wrong, but the network wants patience: the same is to be asked again at that time, or soon. */
export class Later extends Error {
  readonly until: Date | undefined;

  constructor(message: string, until?: Date) {
    super(message);
    this.name = 'Later';
    this.until = until;
  }
}
