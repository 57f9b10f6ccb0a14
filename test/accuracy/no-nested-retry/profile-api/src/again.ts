const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function again<T>(run: () => Promise<T>, attempts = 3): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (attempts <= 1) throw error;
    await delay(Math.random() * 100 * 2 ** (3 - attempts));
    return again(run, attempts - 1);
  }
}
