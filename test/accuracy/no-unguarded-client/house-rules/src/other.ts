/** Only measures: it has the name of the guard by accident. */
export async function shielded<T>(name: string, work: () => Promise<T>): Promise<T> {
  console.time(name);
  return work().finally(() => console.timeEnd(name));
}
