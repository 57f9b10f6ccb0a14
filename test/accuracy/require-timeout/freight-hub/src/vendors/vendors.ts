import Anthropic from '@anthropic-ai/sdk';
import { BlobServiceClient } from '@azure/storage-blob';
import { Storage } from '@google-cloud/storage';
import { Client as Notion } from '@notionhq/client';
import { Octokit } from '@octokit/rest';
import { Octokit as FullOctokit } from 'octokit';
import { WebClient } from '@slack/web-api';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { getMessaging } from 'firebase-admin/messaging';
import nodemailer, { type Transporter } from 'nodemailer';

// expect: require-timeout/longDefault
export const anthropic = new Anthropic({ maxRetries: 0 });

// ok: require-timeout -- stated in minutes
export const claude = new Anthropic({ timeout: 0.5 * 60 * 1000 });

const blobs = BlobServiceClient.fromConnectionString(process.env.AZURE ?? '');

export async function blob(name: string): Promise<Buffer> {
  // expect: require-timeout/missing
  return blobs.getContainerClient('labels').getBlobClient(name).downloadToBuffer();
}

export async function blobBounded(name: string): Promise<Buffer> {
  return (
    blobs
      .getContainerClient('labels')
      .getBlobClient(name)
      // ok: require-timeout -- a signal
      .downloadToBuffer(0, undefined, { abortSignal: AbortSignal.timeout(10_000) })
  );
}

const storage = new Storage();

export async function upload(name: string, body: string): Promise<void> {
  await storage.bucket('labels').file(name).save(body, { timeout: 8000 });
}

// expect: require-timeout/longDefault
const notion = new Notion({ auth: process.env.NOTION });

// ok: require-timeout -- stated
const notionBounded = new Notion({ auth: process.env.NOTION, timeoutMs: 10_000 });

export async function pages(): Promise<unknown> {
  await notion.search({ query: 'freight' });
  return notionBounded.search({ query: 'freight' });
}

const github = new Octokit({ auth: process.env.GITHUB });

export async function issues(): Promise<unknown> {
  // expect: require-timeout/longDefault
  const { data } = await github.issues.listForRepo({ owner: 'freight', repo: 'hub' });
  return data;
}

export async function issuesBounded(): Promise<unknown> {
  // ok: require-timeout -- a signal in the request's own options
  const { data } = await github.issues.listForRepo({
    owner: 'freight',
    repo: 'hub',
    request: { signal: AbortSignal.timeout(5000) },
  });
  return data;
}

export async function dispatch(): Promise<void> {
  const app = new FullOctokit({ auth: process.env.GITHUB });
  // expect: require-timeout/longDefault
  await app.request('POST /repos/{owner}/{repo}/dispatches', { owner: 'freight', repo: 'hub', event_type: 'label' });
}

// ok: require-timeout -- stated
export const slack = new WebClient(process.env.SLACK, { timeout: 5000 });

export const trpc = createTRPCClient({ links: [httpBatchLink({ url: 'https://freight.example/trpc' })] });

export const apollo = new ApolloClient({
  cache: new InMemoryCache(),
  link: new HttpLink({ uri: 'https://freight.example/graphql' }),
});

export async function lanes(): Promise<unknown> {
  // expect: require-timeout/longDefault
  const { data } = await apollo.query({
    query: gql`
      query Lanes {
        lanes {
          id
        }
      }
    `,
  });
  return data;
}

export async function lanesBounded(): Promise<unknown> {
  // ok: require-timeout -- the link hands the signal to fetch
  const { data } = await apollo.query({
    query: gql`
      query Lanes {
        lanes {
          id
        }
      }
    `,
    context: { fetchOptions: { signal: AbortSignal.timeout(4000) } },
  });
  return data;
}

export async function notify(token: string): Promise<string> {
  // ok: require-timeout -- 15 s in the library
  return getMessaging().send({ token, notification: { title: 'Arrived' } });
}

export class Mailer {
  readonly #transport: Transporter;

  constructor(url: string) {
    // expect: require-timeout/longDefault
    this.#transport = nodemailer.createTransport(url);
  }

  async send(to: string): Promise<void> {
    await this.#transport.sendMail({ to, subject: 'Arrived', text: 'It is here.' });
  }
}
