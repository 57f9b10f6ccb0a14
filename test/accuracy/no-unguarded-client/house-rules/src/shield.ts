type Work<T> = () => Promise<T>;

declare const hystrix: { command<T>(name: string, work: Work<T>): Promise<T> };

/** The team's own breaker, from a library of the platform. */
export function shielded<T>(name: string, work: Work<T>): Promise<T> {
  return hystrix.command(name, work);
}

export class Shield {
  constructor(readonly name: string) {}

  run<T>(work: Work<T>): Promise<T> {
    return hystrix.command(this.name, work);
  }
}
