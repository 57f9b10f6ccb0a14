import type { createTransport } from 'nodemailer';
export * as lib from 'nodemailer';
export declare const clients: { Mail: ReturnType<typeof createTransport> };
