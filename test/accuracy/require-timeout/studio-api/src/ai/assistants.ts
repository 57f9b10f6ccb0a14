import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';

const models = { chat: 'gpt-4o-mini', summary: 'claude-sonnet-4-5' };

// expect: require-timeout/longDefault
const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY, maxRetries: 1 });

// ok: require-timeout -- stated
const bounded = new OpenAI({ apiKey: process.env.OPENAI_API_KEY, timeout: 25_000 });

// ok: require-timeout -- all its calls in this file give a limit, and it does not leave the file
const anthropic = new Anthropic();

export async function complete(prompt: string): Promise<string> {
  const completion = await openai.chat.completions.create({
    model: models.chat,
    messages: [{ role: 'user', content: prompt }],
  });
  return completion.choices[0]?.message.content ?? '';
}

export async function classify(text: string): Promise<string> {
  const completion = await bounded.chat.completions.create({
    model: models.chat,
    messages: [{ role: 'user', content: `Classify: ${text}` }],
  });
  return completion.choices[0]?.message.content ?? '';
}

export async function summarise(text: string, signal?: AbortSignal): Promise<string> {
  // ok: require-timeout, forward-abort-signal -- per-call limit and the signal
  const message = await anthropic.messages.create(
    { model: models.summary, max_tokens: 400, messages: [{ role: 'user', content: text }] },
    { timeout: 20_000, signal },
  );
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
