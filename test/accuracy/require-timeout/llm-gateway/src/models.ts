import OpenAI, { AzureOpenAI } from 'openai';

// expect: require-timeout/longDefault
export const openai = new OpenAI({ apiKey: 'key' });
// ok: require-timeout -- a limit
export const fast = new OpenAI({ apiKey: 'key', timeout: 20_000, maxRetries: 1 });
// expect: require-timeout/longDefault
export const azure = new AzureOpenAI({ endpoint: 'https://models.azure.test', apiVersion: '2025-01-01' });
// ok: require-timeout -- used here only, and each use has a limit
const embeddings = new OpenAI({ apiKey: 'key' });

export async function embed(text: string): Promise<number[]> {
  const result = await embeddings.embeddings.create({ model: 'small', input: text }, { timeout: 5000 });
  return result.data[0]?.embedding ?? [];
}

export async function complete(prompt: string): Promise<string | null> {
  // ok: require-timeout -- the client is reported where it is made
  const result = await openai.chat.completions.create({
    model: 'large',
    messages: [{ role: 'user', content: prompt }],
  });
  return result.choices[0]?.message.content ?? null;
}
