import type { PrismaPg } from '@prisma/adapter-pg';
import type * as runtime from '@prisma/client/runtime/client';
import type { PrismaClient } from '../prisma/generated/client.js';
import type { Prisma } from '../prisma/generated/client.js';
export declare const entry: '@prisma/client';
export declare const installed: '@prisma/client';
export declare const exported: {
  PrismaClient: typeof import('../prisma/generated/client.js').PrismaClient;
  getPrismaClient: typeof runtime.getPrismaClient;
  PrismaPg: typeof PrismaPg;
};
export declare const clients: { PrismaClient: PrismaClient; Model: Prisma.UserDelegate; PrismaPg: PrismaPg };
